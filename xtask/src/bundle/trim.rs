//! Takes out of the client what no page runs, before it is split: then nothing that only this needs
//! is kept, in code or in data.

use std::ops::Range;

use anyhow::{Result, ensure};
use wasmparser::{BinaryReader, KnownCustom, Name, Naming, Parser, Payload, ValType};

use crate::bundle::encode::number;

/// Where that begins which never runs, and what a panic would say, which nobody hears: it stops at
/// once.
///
/// Every view knows two ways to come to life, at once and step by step; ours only take the first.
/// Bodies that flow are never sent. What these lead to the linker may have made one with other code,
/// and goes by itself once nothing leads there.
const UNUSED: &[&str] = &[
    "8into_any13hydrate_async17h",
    "_7___rustc17rust_begin_unwind",
    "4core9panicking9panic_fmt",
    "4core9panicking19assert_failed_inner",
    "4core3str19slice_error_fail",
];

/// How the names of functions begin that only bodies call that flow.
const STREAMS: &str = "intounderlying";

/// What errors of JSON tell of themselves: that something is malformed is all that is asked of them,
/// and to write out a fraction takes tables of figures.
const UNREAD: &[&str] = &[
    "serde_json..error..JsonUnexpected$u20$as$u20$core..fmt..Display$GT$3fmt17h",
    // Those of visitors; what a plain text says the linker may have made one with words that are read.
    "_$LT$T$u20$as$u20$serde_core..de..Expected$GT$3fmt17h",
    "serde_core..de..OneOf$u20$as$u20$core..fmt..Display$GT$3fmt17h",
];

/// The relocations of code: what each function refers to.
const RELOCATIONS: &str = "reloc.CODE";

/// Kinds of relocation that carry a number besides what they refer to.
const WITH_ADDEND: &[u8] = &[3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25];

/// Where things lie in a module.
#[derive(Default)]
struct Plan {
    /// The contents of the code section.
    code: Range<usize>,
    /// The functions with a body, in their order; each without its size.
    bodies: Vec<Range<usize>>,
    /// Of which type each is.
    types: Vec<u32>,
    /// The types of what gives back nothing but a number.
    telling: Vec<u32>,
    imported: usize,
    /// The numbers of functions that are never called.
    unused: Vec<usize>,
    /// The numbers of functions whose words nobody reads.
    unread: Vec<usize>,
    /// The whole section of relocations, and its entries.
    section: Range<usize>,
    entries: Range<usize>,
}

/// The module with the functions emptied that never run, and those that say what nobody reads.
pub fn forget_unused(module: &[u8]) -> Result<Vec<u8>> {
    let plan = plan(module)?;
    let at = |number: &usize| number.checked_sub(plan.imported);
    let body = |number: &usize| plan.bodies.get(at(number)?).cloned();
    // Whoever is called as a word is written answers whether that went well, by a number.
    let tells = |number: &&usize| {
        let kind = at(number).and_then(|at| plan.types.get(at));
        kind.is_some_and(|kind| plan.telling.contains(kind))
    };
    let unused: Vec<_> = plan.unused.iter().filter_map(body).collect();
    let unread: Vec<_> = plan.unread.iter().filter(tells).filter_map(body).collect();
    let mut module = module.to_vec();
    for body in &unused {
        empty(&mut module[body.clone()], &UNREACHABLE);
    }
    for body in &unread {
        empty(&mut module[body.clone()], &ZERO);
    }
    if plan.section.is_empty() {
        return Ok(module);
    }
    let gone = |at: usize| {
        let mut emptied = unused.iter().chain(&unread);
        emptied.any(|body| body.contains(&(plan.code.start + at)))
    };
    let section = without(&module[plan.entries.clone()], gone)?;
    module.splice(plan.section, section);
    Ok(module)
}

fn plan(module: &[u8]) -> Result<Plan> {
    let mut plan = Plan::default();
    let mut end = 0_usize;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let start = end;
        if let Some((_, range)) = payload.as_section() {
            end = place(range)?.end;
        }
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    plan.imported += usize::from(is_function(import?.ty));
                }
            }
            Payload::Version { range, .. } => end = place(range)?.end,
            Payload::TypeSection(types) => {
                for (number, kind) in (0..).zip(types.into_iter_err_on_gc_types()) {
                    if kind?.results() == [ValType::I32] {
                        plan.telling.push(number);
                    }
                }
            }
            Payload::FunctionSection(types) => {
                plan.types = types.into_iter().collect::<std::result::Result<_, _>>()?;
            }
            Payload::CodeSectionStart { range, .. } => plan.code = place(range)?,
            Payload::CodeSectionEntry(body) => {
                plan.bodies.push(place(body.range())?);
            }
            Payload::CustomSection(section) if section.name() == RELOCATIONS => {
                plan.section = start..end;
                plan.entries = usize::try_from(section.data_offset())?..end;
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    note(names, &mut plan)?;
                }
            }
            _ => {}
        }
    }
    Ok(plan)
}

fn place(range: Range<u64>) -> Result<Range<usize>> {
    Ok(range.start.try_into()?..range.end.try_into()?)
}

fn is_function(kind: wasmparser::TypeRef) -> bool {
    matches!(
        kind,
        wasmparser::TypeRef::Func(_) | wasmparser::TypeRef::FuncExact(_)
    )
}

fn note(names: wasmparser::NameSectionReader, plan: &mut Plan) -> Result<()> {
    for part in names {
        if let Name::Function(functions) = part? {
            for function in functions {
                let Naming { index, name } = function?;
                let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
                let number = usize::try_from(index)?;
                if holds(UNUSED) || name.starts_with(STREAMS) {
                    plan.unused.push(number);
                } else if holds(UNREAD) {
                    plan.unread.push(number);
                }
            }
        }
    }
    Ok(())
}

/// What stops whoever called.
const UNREACHABLE: [u8; 1] = [0x00];

/// What answers 0: that went well.
const ZERO: [u8; 2] = [0x41, 0x00];

/// Leaves a body that does only this, as long as it was; one that is shorter stays.
fn empty(body: &mut [u8], does: &[u8]) {
    const NOP: u8 = 0x01;
    const END: u8 = 0x0b;
    if body.len() < does.len() + 2 {
        return;
    }
    let last = body.len() - 1;
    body.fill(NOP);
    // No locals of its own.
    body[0] = 0;
    body[last - does.len()..last].copy_from_slice(does);
    body[last] = END;
}

/// The section of relocations without those of functions that were emptied.
fn without(entries: &[u8], gone: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    let mut reader = BinaryReader::new(entries, 0);
    let target = reader.read_var_u32()?;
    let count = reader.read_var_u32()?;
    let (mut kept, mut left) = (Vec::new(), 0);
    for _ in 0..count {
        let start = usize::try_from(reader.original_position())?;
        let kind = reader.read_u8()?;
        let at = reader.read_var_u32()?;
        reader.read_var_u32()?;
        if WITH_ADDEND.contains(&kind) {
            reader.read_var_i64()?;
        }
        if !gone(usize::try_from(at)?) {
            let end = usize::try_from(reader.original_position())?;
            kept.extend_from_slice(&entries[start..end]);
            left += 1;
        }
    }
    ensure!(reader.eof(), "the relocations are longer than they say");
    let mut contents = Vec::new();
    number(&mut contents, u32::try_from(RELOCATIONS.len())?);
    contents.extend_from_slice(RELOCATIONS.as_bytes());
    number(&mut contents, target);
    number(&mut contents, left);
    contents.extend_from_slice(&kept);
    let mut section = vec![0];
    number(&mut section, u32::try_from(contents.len())?);
    section.extend_from_slice(&contents);
    Ok(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_body_is_as_long_as_before_and_stops_or_answers() {
        let body = [0x01, 0x02, 0x7f, 0x41, 0x07, 0x0b];

        let (mut stops, mut answers) = (body, body);
        empty(&mut stops, &UNREACHABLE);
        empty(&mut answers, &ZERO);

        assert_eq!(stops, [0x00, 0x01, 0x01, 0x01, 0x00, 0x0b]);
        assert_eq!(answers, [0x00, 0x01, 0x01, 0x41, 0x00, 0x0b]);
    }

    #[test]
    fn a_body_that_is_too_short_stays() {
        let mut body = [0x00, 0x0b];

        empty(&mut body, &ZERO);

        assert_eq!(body, [0x00, 0x0b]);
    }

    #[test]
    fn only_the_relocations_of_emptied_bodies_go() {
        // Of section 3, two entries: a call at 10, and an address at 20 with 1 added.
        let entries = [3, 2, 0, 10, 5, 4, 20, 6, 1];

        let section = without(&entries, |at| at == 10).unwrap();

        assert_eq!(
            section,
            [b"\x00\x11\x0areloc.CODE".as_slice(), &[3, 1, 4, 20, 6, 1]].concat()
        );
    }
}
