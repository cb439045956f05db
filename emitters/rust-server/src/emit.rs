//! The emitter: options in, files out.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::names::{Target, identifier, snake};
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionKind, OptionSpec, Survey, storage};
use atlas9_ir::Ir;

use crate::lower::{Embed, lowered};
use crate::names;
use crate::print::{self, Input, Siblings};

/// The Rust server: a folder that a crate takes in with `mod`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RustServer;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "module",
        kind: OptionKind::Text,
        default: "",
        meaning: "The name of the module and its folder; the package's name in snake_case where nothing is said.",
    },
    OptionSpec {
        name: "layout",
        kind: OptionKind::OneOf(&["module", "include"]),
        default: "module",
        meaning: "How `mod.rs` takes in its files: as modules, or with `include!`, which every tool finds from a build script's folder too.",
    },
    OptionSpec {
        name: "problem_base",
        kind: OptionKind::Text,
        default: "",
        meaning: "What the `type` of each problem begins with, `https://docs.example.com/problems/`; `urn:problem:PACKAGE:` where nothing is said.",
    },
    OptionSpec {
        name: "databases",
        kind: OptionKind::SomeOf(&["sqlite", "postgres"]),
        default: "sqlite, postgres",
        meaning: "The databases whose migrations the server carries; those that the option of the same name tells `sql` to write.",
    },
];

impl Emitter for RustServer {
    fn name(&self) -> &'static str {
        "rust-server"
    }

    fn summary(&self) -> &'static str {
        "A Rust server: descriptors for the runtime, typed shapes, and a builder for code of your own"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn survey(&self, ir: &Ir, context: &Context<'_>) -> Survey {
        // What the lowering finds beyond this no checked model has.
        let diagnostics = match module(ir, context) {
            Ok(_) => storage::json::inside(ir).into_iter().chain(names::collisions(ir)).collect(),
            Err(wrong) => wrong,
        };
        let sound = diagnostics.is_empty();
        let siblings = Siblings::find(context.options, context.siblings);
        let embeds = if sound { siblings.embeds() } else { Vec::new() };
        Survey { diagnostics, embeds, ..Survey::default() }
    }

    fn emit(&self, ir: &Ir, context: &Context<'_>) -> Emitted {
        match files(ir, context) {
            Ok(emitted) => emitted,
            Err(diagnostics) => Emitted { diagnostics, ..Emitted::default() },
        }
    }
}

fn files(ir: &Ir, context: &Context<'_>) -> Result<Emitted, Vec<Diagnostic>> {
    let module = module(ir, context)?;
    let embed = Embed {
        problem_base: context.options.text("problem_base").unwrap_or_default().to_owned(),
        ..Embed::default()
    };
    let lowered = lowered(ir, embed);
    let clashes = names::collisions(ir);
    let lowered = match lowered {
        Ok(lowered) if clashes.is_empty() => lowered,
        Ok(_) => return Err(clashes),
        Err(diagnostics) => return Err(diagnostics.into_iter().chain(clashes).collect()),
    };
    let siblings = Siblings::find(context.options, context.siblings);
    let input = Input { ir, lowered: &lowered, options: context.options, siblings: &siblings };
    let mut emitted = Emitted { embeds: siblings.embeds(), ..Emitted::default() };
    for (name, text) in print::files(&input).map_err(|why| vec![cannot(&why)])? {
        emitted
            .files
            .insert(&format!("{module}/{name}"), text)
            .map_err(|bad| vec![cannot(&bad.to_string())])?;
    }
    Ok(emitted)
}

/// The module's name, which is its folder's too.
fn module(ir: &Ir, context: &Context<'_>) -> Result<String, Vec<Diagnostic>> {
    let Some(module) = context.options.text("module").filter(|module| !module.is_empty()) else {
        return Ok(identifier(Target::Rust, &snake(&ir.package)));
    };
    match syn::parse_str::<syn::Ident>(module) {
        Ok(_) => Ok(module.to_owned()),
        Err(_) => {
            let message = "the option `module` of `rust-server` is no name of a Rust module";
            Err(vec![
                Diagnostic::error(codes::E0004, message)
                    .help("give a name of letters, digits and underscores, such as `bookstore`"),
            ])
        }
    }
}

fn cannot(why: &str) -> Diagnostic {
    Diagnostic::error(codes::E0702, format!("the Rust server cannot be written: {why}"))
        .help("check the package with `atlas9 check`; if it passes, please report this as a bug of atlas9")
}
