//! Takes out of a module what no page runs, so that the optimizer can drop it.

use std::path::Path;

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

use anyhow::Result;

/// Every view knows two ways to come to life, at once and step by step; ours only take the first.
const UNUSED: &str = "hydrate_async";

/// Empties the functions that are only there for the other way of coming to life.
pub fn forget_unused(file: &Path) -> Result<()> {
    let mut module = Module::from_file(file)?;
    for id in unused(&module) {
        empty(&mut module, id);
    }
    module.emit_wasm_file(file)
}

fn unused(module: &Module) -> Vec<FunctionId> {
    let named = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(UNUSED));
    module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| named(&module.funcs.get(*id).name))
        .collect()
}

fn empty(module: &mut Module, id: FunctionId) {
    let kind = module.funcs.get(id).ty();
    let (takes, gives) = module.types.params_results(kind);
    let (takes, gives) = (takes.to_vec(), gives.to_vec());
    let args: Vec<_> = takes.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut body = FunctionBuilder::new(&mut module.types, &takes, &gives);
    body.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(args));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one exported function of this name that gives back 7.
    fn module(name: &str) -> Module {
        let mut module = Module::default();
        let mut body = FunctionBuilder::new(&mut module.types, &[], &[walrus::ValType::I32]);
        body.name(name.to_owned()).func_body().i32_const(7);
        let id = body.finish(vec![], &mut module.funcs);
        module.exports.add("given", id);
        module
    }

    fn body_size(module: &Module) -> u64 {
        let (_, function) = module.funcs.iter_local().next().unwrap();
        function.block(function.entry_block()).instrs.len() as u64
    }

    #[test]
    fn only_what_no_page_runs_is_emptied() {
        let folder = tempfile::tempdir().unwrap();
        for (name, kept) in [
            ("view::hydrate_async::poll", false),
            ("view::hydrate", true),
        ] {
            let file = folder.path().join("app.wasm");
            module(name).emit_wasm_file(&file).unwrap();

            forget_unused(&file).unwrap();

            let after = Module::from_file(&file).unwrap();
            let (_, function) = after.funcs.iter_local().next().unwrap();
            let first = &function.block(function.entry_block()).instrs[0].0;
            assert_eq!(first.is_const(), kept, "{name}: {}", body_size(&after));
        }
    }
}
