//! Each file in `cases/` holds the source of one or more files and what is said of them; behind `=== at VERSION`, of what they were
//! then. `UPDATE=1 cargo test` writes it anew.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::{analyze_texts, analyze_texts_at};
use atlas9_diagnostics::{ALL_CODES, Code, Color, text};
use atlas9_ir::{
    AnnotationDecl, Applied, Field, History, Ir, Operation, OperationKind, Reserved, Scalar, Type, TypeDecl,
    TypeDeclKind, TypeKind,
};

const OUTPUT: &str = "=== output\n";

/// The findings as they are shown and the symbols that they name; or what is in the model.
fn check(files: &[(&str, &str)]) -> String {
    let at = files.iter().find_map(|(name, _)| name.strip_prefix("at "));
    let files: Vec<_> = files.iter().copied().filter(|(name, _)| !name.starts_with("at ")).collect();
    let (sources, ir, diagnostics) =
        at.map_or_else(|| analyze_texts(&files), |version| analyze_texts_at(&files, version));
    let symbols: Vec<&str> =
        diagnostics.iter().filter_map(|diagnostic| diagnostic.symbol.as_deref()).collect();
    let model = ir.as_ref().map_or_else(|| "no model".to_owned(), summary);
    let shown = text(&sources, &diagnostics, Color::Off);
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    let findings = if diagnostics.is_empty() {
        String::new()
    } else {
        format!("{}\nabout: {}\n", lines.join("\n").trim_end(), symbols.join(", "))
    };
    format!("{findings}{model}\n")
}

/// What the compiler adds by itself: orders, paths, visibility, the errors of operations.
fn summary(ir: &Ir) -> String {
    let mut lines: Vec<String> = ir.types.values().map(|decl| type_decl(ir, decl)).collect();
    for resource in ir.resources.values() {
        let word = if resource.singleton { "singleton" } else { "resource" };
        let applied = applied(ir, &resource.annotations);
        let history = history(&resource.history);
        lines.push(format!(
            "{word} {} {} {}{history}{applied}",
            resource.name, resource.plural, resource.path
        ));
        lines.extend(resource.fields.iter().map(|field| self::field(ir, field)));
        lines.extend(resource.operations.iter().map(|operation| line(ir, operation)));
    }
    if !ir.service.operations.is_empty() {
        lines.push(format!("service {}", ir.service.name));
        lines.extend(ir.service.operations.iter().map(|operation| line(ir, operation)));
    }
    lines.extend(ir.errors.values().map(|error| {
        let fields: String =
            error.fields.iter().map(|it| history(&it.history) + &applied(ir, &it.annotations)).collect();
        let history = history(&error.history) + &applied(ir, &error.annotations);
        format!("error {}.{} {}{history}{fields}", error.namespace, error.name, error.code)
    }));
    lines.extend(ir.annotations.values().map(annotation));
    lines.extend(past(ir));
    let service = applied(ir, &ir.service.annotations);
    lines.extend(Some(format!("service{service}")).filter(|_| !service.is_empty()));
    lines.join("\n")
}

fn type_decl(ir: &Ir, decl: &TypeDecl) -> String {
    let pattern = match &decl.kind {
        TypeDeclKind::Union { closed, discriminator, discriminator_wire, variants, .. } => {
            let variants = variants
                .iter()
                .map(|it| format!(" {}: {}", it.name, ir.types[it.structure].name))
                .collect::<String>();
            format!(" by {discriminator} as {discriminator_wire}, closed {closed}:{variants}")
        }
        TypeDeclKind::Alias(Type {
            kind: TypeKind::Scalar(Scalar::String { pattern: Some(pattern), .. }),
            ..
        }) => {
            format!(" /{pattern}/")
        }
        _ => String::new(),
    };
    let inside: String = match &decl.kind {
        TypeDeclKind::Structure { fields, .. } => {
            fields.iter().map(|it| history(&it.history) + &applied(ir, &it.annotations)).collect()
        }
        TypeDeclKind::Enum { values, .. } => {
            values.iter().map(|it| history(&it.history) + &applied(ir, &it.annotations)).collect()
        }
        TypeDeclKind::Union { variants, .. } => {
            variants.iter().map(|it| history(&it.history) + &applied(ir, &it.annotations)).collect()
        }
        TypeDeclKind::Alias(_) => String::new(),
    };
    let applied = history(&decl.history) + &applied(ir, &decl.annotations);
    format!("type {}.{}{pattern}{applied}{inside}", decl.namespace, decl.name)
}

/// Declared annotations in use, with their arguments.
fn applied(ir: &Ir, applied: &[Applied]) -> String {
    let one = |it: &Applied| format!(" @{}{:?}", ir.annotations[it.annotation].name, it.arguments);
    applied.iter().map(one).collect()
}

/// Reserved names, and what `@added` and `@renamed` say.
fn past(ir: &Ir) -> Vec<String> {
    let reserved = |names: &[Reserved]| -> Vec<String> { names.iter().map(|it| it.name.clone()).collect() };
    let mut lines = Vec::new();
    let mut line = |owner: &str, names: &[Reserved]| {
        if !names.is_empty() {
            lines.push(format!("reserved in {owner}: {}", reserved(names).join(" ")));
        }
    };
    line("the package", &ir.reserved);
    line("the service", &ir.service.reserved);
    ir.types.values().for_each(|decl| line(&decl.name, &decl.reserved));
    for resource in ir.resources.values() {
        line(&resource.name, &resource.reserved);
        line(&format!("operations of {}", resource.name), &resource.reserved_operations);
    }
    ir.errors.values().for_each(|error| line(&error.name, &error.reserved));
    lines
}

fn history(history: &History) -> String {
    let added = history.added.iter().map(|added| format!(" added {}", added.version));
    let renamed = history
        .renamed
        .iter()
        .map(|it| format!(" was {} until {}", it.from, it.since.as_deref().unwrap_or("some time")));
    added.chain(renamed).collect()
}

fn annotation(decl: &AnnotationDecl) -> String {
    let params: Vec<&str> = decl.params.iter().map(|param| param.name.as_str()).collect();
    format!("annotation {}.{}({}) on {:?}", decl.namespace, decl.name, params.join(", "), decl.targets)
}

fn field(ir: &Ir, field: &Field) -> String {
    let managed = field.managed.map(|managed| format!(" {managed:?}")).unwrap_or_default();
    let on_delete = field.on_delete.map(|on_delete| format!(" {on_delete:?}")).unwrap_or_default();
    let default = field.default.as_ref().map(|value| format!(" = {value:?}")).unwrap_or_default();
    let applied = history(&field.history) + &applied(ir, &field.annotations);
    format!(
        "  {} as {}: {:?}{managed}{on_delete}{default}{applied}",
        field.name, field.wire, field.visibility
    )
}

fn line(ir: &Ir, operation: &Operation) -> String {
    let codes: Vec<&str> = operation.errors.iter().map(|id| ir.errors[*id].code.as_str()).collect();
    let expand = operation.expand.iter().map(|it| format!(" +{} as {} of {}", it.name, it.wire, it.field));
    let expand: String = expand.collect();
    let fields = if operation.fields { " fields" } else { "" };
    let (name, method, path) = (&operation.name, operation.method.word(), &operation.path);
    let answer = match &operation.kind {
        OperationKind::List(list) => {
            format!(" {:?} {}/{}", list.paginate.style, list.paginate.default, list.paginate.max)
        }
        _ => answer(ir, operation),
    };
    let mut applied = history(&operation.history) + &self::applied(ir, &operation.annotations);
    if let OperationKind::Action(action) = &operation.kind {
        applied.extend(
            action
                .params
                .iter()
                .map(|param| history(&param.field.history) + &self::applied(ir, &param.field.annotations)),
        );
    }
    format!("  {name} {method} {path}{answer}:{expand}{fields} {}{applied}", codes.join(" "))
}

/// Where the parameters of an action are, what it answers, and what it changes.
fn answer(ir: &Ir, operation: &Operation) -> String {
    let OperationKind::Action(action) = &operation.kind else { return String::new() };
    let places = action.params.iter().filter(|param| !param.place.is_body());
    let places: String = places.map(|param| format!(" {}@{:?}", param.field.name, param.place)).collect();
    let moves = action.moves.iter().map(|it| {
        let arguments: Vec<String> =
            it.otherwise.arguments.iter().map(|it| format!("{}: {:?}", it.name, it.value)).collect();
        let error = &ir.errors[it.otherwise.error].name;
        format!(" {} {}->{} else {error}({})", it.field, it.from.join(","), it.to, arguments.join(", "))
    });
    let sets = action.sets.iter().map(|it| format!(" {}={:?}", it.field, it.value));
    let changes: String = moves.chain(sets).collect();
    let answer = action.returns.as_ref().map(|ty| format!(" -> {}", type_name(ir, ty))).unwrap_or_default();
    format!("{places}{answer}{changes}")
}

fn type_name(ir: &Ir, ty: &Type) -> String {
    match &ty.kind {
        TypeKind::Scalar(scalar) => scalar.word().to_owned(),
        TypeKind::List { item, .. } => format!("[{}]", type_name(ir, item)),
        TypeKind::Map { value, .. } => format!("{{{}}}", type_name(ir, value)),
        TypeKind::Named(id) => ir.types[*id].name.clone(),
        TypeKind::Ref(id) => format!("whole {}", ir.resources[*id].name),
    }
}

fn split(case: &str) -> Vec<(&str, &str)> {
    let source = case.split(OUTPUT).next().unwrap_or_default();
    let files = source.split("=== ").filter(|part| !part.is_empty());
    files.map(|part| part.split_once('\n').expect("a name and a text")).collect()
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("reads").map(|entry| entry.expect("reads").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_says_what_it_said() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut different = Vec::new();
    for path in cases() {
        let case = fs::read_to_string(&path).expect("reads");
        let source = case.split(OUTPUT).next().unwrap_or_default();
        let now = format!("{source}{OUTPUT}{}", check(&split(&case)));
        if now == case {
            continue;
        }
        if update {
            fs::write(&path, &now).expect("writes");
        } else {
            different.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(different.is_empty(), "run UPDATE=1 cargo test -p atlas9-analyze\n{}", different.join("\n"));
}

#[test]
fn every_error_of_the_analyser_has_a_case() {
    let shown: String = cases().iter().map(|path| fs::read_to_string(path).expect("reads")).collect();
    let analysed = |code: &&Code| ("E02".."E07").contains(&code.name.get(..3).unwrap_or_default());
    for code in ALL_CODES.iter().filter(analysed) {
        assert!(shown.contains(&format!("error[{}]", code.name)), "{}", code.name);
    }
}
