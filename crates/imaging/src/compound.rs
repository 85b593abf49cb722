//! Office files of before 2007: a file system in a file.
//!
//! What kind they are is told without this (`sniff`), by their first names alone and in the process
//! that serves: to open one reads all its tables, which is for a child.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cfb::CompoundFile;

use crate::Source;

/// One that is open.
pub(crate) type Compound<'a> = CompoundFile<&'a mut dyn Source>;

/// Looks into one; nothing where it is broken, or has nothing of what is looked for.
pub(crate) fn look_into<T>(
    source: &mut dyn Source,
    look: impl FnOnce(&mut Compound<'_>) -> Option<T>,
) -> Option<T> {
    // Who finds a fault in the file system around them by a panic has found that it is broken.
    let looked = AssertUnwindSafe(|| look(&mut CompoundFile::open(source).ok()?));
    catch_unwind(looked).ok().flatten()
}
