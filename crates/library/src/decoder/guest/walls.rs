//! The walls around a program of others: it reads itself, its libraries and one file, writes in
//! its own folder where it has one, and has no network.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr as _, Scope,
    path_beneath_rules,
};
use rustix::process::Resource;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

use super::{Errand, INPUT, NOT_STARTED, Order};
use crate::decoder::sandbox::limit;

/// Where programs and what they need are kept, readable to everybody.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/dev/urandom",
];
/// What office programs need besides: fonts, and settings for everybody.
const OFFICE: &[&str] = &[
    "/etc/fonts",
    "/etc/libreoffice",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
];

/// Puts up the walls and becomes the program; comes back only where that fails.
pub(in crate::decoder) fn enter(told: &str) -> ExitCode {
    // Why is told by the exit alone: a child has nowhere to write.
    let _ = become_guest(told);
    ExitCode::from(NOT_STARTED)
}

fn become_guest(told: &str) -> io::Result<()> {
    let Order { errand, filled } = serde_json::from_str(told)?;
    limit(Resource::As, errand.mapped)?;
    limit(Resource::Data, filled)?;
    limit(Resource::Cpu, errand.cpu_seconds)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, errand.written)?;
    limit(Resource::Nofile, 256)?;
    // People first.
    rustix::process::nice(10)?;
    rustix::thread::set_no_new_privs(true)?;
    // Walls that the kernel lacks are left out, as they are around a decoder.
    let _ = landlock(&errand);
    let _ = seccomp(&errand);
    let mut program = Command::new(&errand.program);
    let folder = errand.folder.as_deref().unwrap_or(Path::new("/"));
    program.args(&errand.args).env_clear().current_dir(folder);
    program
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8");
    program.env("HOME", folder).env("TMPDIR", folder);
    Err(program.exec())
}

/// Nothing but reading the system's programs, its own libraries and the one file, and writing in
/// its own folder.
fn landlock(errand: &Errand) -> Result<(), landlock::RulesetError> {
    let abi = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(SYSTEM, AccessFs::from_read(abi)))?
        .add_rules(path_beneath_rules(
            own(&errand.program),
            AccessFs::from_read(abi),
        ))?
        .add_rules(path_beneath_rules(input(), AccessFs::ReadFile))?
        .add_rules(path_beneath_rules(
            ["/dev/null"],
            AccessFs::ReadFile | AccessFs::WriteFile,
        ))?
        .add_rules(path_beneath_rules(
            errand.folder.iter().flat_map(|_| OFFICE),
            AccessFs::from_read(abi),
        ))?
        .add_rules(path_beneath_rules(
            &errand.folder,
            AccessFs::from_all(abi) & !AccessFs::Execute,
        ))?
        .restrict_self()?;
    Ok(())
}

/// The program, and the libraries that came with it.
fn own(program: &Path) -> Vec<PathBuf> {
    let program = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    let beside = program.parent().and_then(Path::parent);
    // Office programs have a folder to themselves, with all that they need.
    let is_office = program
        .parent()
        .is_some_and(|folder| folder.ends_with("program"));
    if let Some(beside) = beside.filter(|_| is_office) {
        return vec![beside.to_owned()];
    }
    let libraries = ["lib", "lib64"].map(|name| beside.map(|folder| folder.join(name)));
    let libraries = libraries.into_iter().flatten();
    libraries.chain([program.clone()]).collect()
}

/// The one file, unless it lies in memory, where no rule is needed and none can be made.
fn input() -> Option<&'static str> {
    let is_stored = |path: PathBuf| !path.to_string_lossy().starts_with("/memfd:");
    let is_stored = fs::read_link(INPUT).is_ok_and(is_stored);
    is_stored.then_some(INPUT)
}

/// The calls below fail as not permitted.
fn seccomp(errand: &Errand) -> Option<()> {
    let mut calls: BTreeMap<i64, _> = DENIED.iter().map(|call| (*call, Vec::new())).collect();
    if errand.folder.is_some() {
        for call in SOCKETS {
            calls.remove(call);
        }
        calls.insert(libc::SYS_socket, but_local()?);
        calls.extend(finds_writable()?);
    }
    calls.insert(libc::SYS_mmap, for_sharing()?);
    let denied = SeccompAction::Errno(u32::try_from(libc::EPERM).ok()?);
    let arch = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(calls, SeccompAction::Allow, denied, arch).ok()?;
    let program: BpfProgram = filter.try_into().ok()?;
    seccompiler::apply_filter(&program).ok()
}

/// A socket that is no local stream. An office program listens on one, for others of its kind to
/// come; it may connect to nothing.
fn but_local() -> Option<Vec<SeccompRule>> {
    let (domain, kind) = (u64::try_from(libc::AF_UNIX).ok()?, 0xf);
    let mut denied = vec![only(0, SeccompCmpOp::Ne, domain)?];
    for other in [libc::SOCK_DGRAM, libc::SOCK_SEQPACKET] {
        let other = u64::try_from(other).ok()?;
        denied.push(only(1, SeccompCmpOp::MaskedEq(kind), other)?);
    }
    Some(denied)
}

/// Memory to be shared between processes, which the kernel does not count as data of either.
fn for_sharing() -> Option<Vec<SeccompRule>> {
    let sharing = u64::try_from(libc::MAP_SHARED | libc::MAP_ANONYMOUS).ok()?;
    Some(vec![only(3, SeccompCmpOp::MaskedEq(sharing), sharing)?])
}

/// Asking whether a folder can be written in. An office program so takes its own for its socket,
/// and not the one that everybody shares, where it may not.
fn finds_writable() -> Option<Vec<(i64, Vec<SeccompRule>)>> {
    let asks = |argument| only(argument, SeccompCmpOp::Eq, u64::try_from(libc::W_OK).ok()?);
    let mut calls = vec![(libc::SYS_faccessat, vec![asks(2)?])];
    #[cfg(target_arch = "x86_64")]
    calls.push((libc::SYS_access, vec![asks(1)?]));
    Some(calls)
}

/// A call whose argument compares so.
fn only(argument: u8, how: SeccompCmpOp, with: u64) -> Option<SeccompRule> {
    let is = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, with).ok()?;
    SeccompRule::new(vec![is]).ok()
}

/// What a program does that listens.
const SOCKETS: &[i64] = &[
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_bind,
    libc::SYS_listen,
];

/// What reaches the network, other processes or the kernel's inner rooms.
const DENIED: &[i64] = &[
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_add_key,
    libc::SYS_bind,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_connect,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_kcmp,
    libc::SYS_keyctl,
    libc::SYS_kill,
    libc::SYS_listen,
    libc::SYS_memfd_create,
    libc::SYS_mount,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pivot_root,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_request_key,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_setns,
    libc::SYS_shmget,
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_tkill,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
];
