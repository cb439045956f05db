//! `package.json` and the two configurations that `tsc` builds with.

use atlas9_emitters_core::sdk::description;
use atlas9_emitters_core::{BadPath, Files};
use serde_json::{Map, Value, json};

use crate::Sdk;

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    files.insert("package.json", pretty(&package(sdk)))?;
    files.insert("tsconfig.json", pretty(&esm()))?;
    files.insert("tsconfig.cjs.json", pretty(&cjs()))
}

fn package(sdk: &Sdk<'_>) -> Value {
    let mut package = json!({
        "name": sdk.settings.package,
        "version": sdk.ir.service.version,
        "description": description(sdk.ir),
        "license": sdk.settings.shared.license,
        "repository": sdk.settings.shared.repository.as_deref().map(repository),
        "type": "module",
        "sideEffects": false,
        "engines": { "node": ">=20" },
        "files": ["dist", "src", "api.md", "CHANGELOG.md"],
        "main": "./dist/cjs/index.js",
        "types": "./dist/cjs/index.d.ts",
        "exports": exports(sdk),
        "scripts": {
            // Without its own package.json, Node would take the CommonJS files for modules.
            "build": "tsc -p tsconfig.json && tsc -p tsconfig.cjs.json && \
                      node -e \"fs.writeFileSync('dist/cjs/package.json', JSON.stringify({ type: 'commonjs' }))\"",
            "prepack": "npm run build",
        },
        "devDependencies": { "typescript": "^6.0.3" },
        "prettier": { "printWidth": 120 },
    });
    if let (Some(members), None) = (package.as_object_mut(), &sdk.settings.shared.repository) {
        members.shift_remove("repository");
    }
    package
}

/// The address as npm itself would write it.
fn repository(address: &str) -> Value {
    let address = address.trim_end_matches('/').trim_end_matches(".git");
    json!({ "type": "git", "url": format!("git+{address}.git") })
}

fn exports(sdk: &Sdk<'_>) -> Value {
    let mut exports = Map::new();
    exports.insert(".".to_owned(), entry("index"));
    let mut modules = vec!["client", "errors"];
    let offered = sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty());
    modules.extend(offered.map(|(id, _)| sdk.names.resource(id).module.as_str()));
    if !sdk.ir.service.operations.is_empty() {
        modules.push(&sdk.names.operations.module);
    }
    for module in modules {
        exports.insert(format!("./{module}"), entry(module));
    }
    exports.insert("./package.json".to_owned(), json!("./package.json"));
    Value::Object(exports)
}

fn entry(module: &str) -> Value {
    let format = |folder: &str| {
        json!({
            "types": format!("./dist/{folder}/{module}.d.ts"),
            "default": format!("./dist/{folder}/{module}.js"),
        })
    };
    json!({ "import": format("esm"), "require": format("cjs") })
}

fn esm() -> Value {
    json!({
        "compilerOptions": {
            "target": "ES2022",
            "lib": ["ES2022", "DOM", "DOM.Iterable"],
            "types": [],
            "module": "NodeNext",
            "moduleResolution": "NodeNext",
            "rootDir": "src",
            "outDir": "dist/esm",
            "declaration": true,
            "declarationMap": true,
            "sourceMap": true,
            "strict": true,
            "exactOptionalPropertyTypes": true,
            "noUncheckedIndexedAccess": true,
            "noImplicitOverride": true,
            "noUnusedLocals": true,
            "noUnusedParameters": true,
            "verbatimModuleSyntax": true,
            "isolatedDeclarations": true,
        },
        "include": ["src"],
    })
}

fn cjs() -> Value {
    json!({
        "extends": "./tsconfig.json",
        "compilerOptions": {
            "module": "CommonJS",
            "moduleResolution": "Bundler",
            "outDir": "dist/cjs",
            "verbatimModuleSyntax": false,
            "isolatedModules": true,
        },
    })
}

fn pretty(value: &Value) -> String {
    // `Value` prints itself: its keys are texts, so that nothing can fail.
    format!("{value:#}\n")
}
