//! The construct that no single file shows: `use` between packages. Its valid case is an example that every emitter takes.

use std::fs;
use std::path::Path;

use atlas9_driver::EMITTERS;
use atlas9_suite::command::said;
use atlas9_suite::place::{atlas9, generate, root};

use super::walk::Found;

const SHOP: &str = "examples/shared-types/shop";

#[test]
fn use_between_packages_has_a_case_and_one_with_a_mistake() {
    let text = fs::read_to_string(root().join(SHOP).join("schema/shop.atlas")).expect("the schema is there");
    assert!(Found::of(&text).has("use NAMESPACE.{NAMES}") && text.contains("use common."), "{text}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    generate(&root().join(SHOP), &out, &[]);
    for emitter in EMITTERS {
        assert!(out.join("generated").join(emitter.name()).is_dir(), "{} takes it", emitter.name());
    }
    assert_eq!(checked(&folder.path().join("right"), true), (0, String::new()));
    let (status, err) = checked(&folder.path().join("wrong"), false);
    assert!(status == 1 && err.contains("error[E0020]") && err.contains("use common.Address"), "{err}");
}

/// What `check` says of a package that uses another one, which it names as a dependency or not.
fn checked(folder: &Path, is_named: bool) -> (i32, String) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("common/atlas.yaml", "name: common\n");
    write("common/common.atlas", "namespace common\n\n/// Where.\ntype Address { city: string(1..=80) }\n");
    let needs = "dependencies:\n  common: ../common\n";
    let other = "dependencies:\n  between: ../between\n";
    write("between/atlas.yaml", &format!("name: between\n{needs}"));
    write("between/between.atlas", "namespace between\n");
    write("shop/atlas.yaml", &format!("name: shop\n{}", if is_named { needs } else { other }));
    write(
        "shop/shop.atlas",
        "namespace shop\n\nuse common.Address\n\n/// Who.\ntype Customer { home: Address }\n",
    );
    let said = said(atlas9().args(["check", "--quiet"]).arg(folder.join("shop")));
    (said.status, said.err)
}
