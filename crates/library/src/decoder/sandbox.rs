//! The walls around a child: limits, landlock and seccomp, as far as the kernel has them.

use std::{collections::BTreeMap, fs, io, net::UdpSocket};

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};
use serde::{Deserialize, Serialize};

/// How well a decoder is locked in, as `doctor` tells.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four walls, each there or not"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxStatus {
    /// The kernel keeps it from every file and port.
    pub landlock: bool,
    /// The kernel keeps it to the few calls that decoding needs.
    pub seccomp: bool,
    /// It tried to open a file, and could not.
    pub files_denied: bool,
    /// It tried to open a socket, and could not.
    pub sockets_denied: bool,
}

impl SandboxStatus {
    /// Whether nothing is missing.
    pub fn is_whole(&self) -> bool {
        self.landlock && self.seccomp && self.files_denied && self.sockets_denied
    }

    /// The same, after trying the doors from inside.
    pub(super) fn tried(self) -> Self {
        Self {
            files_denied: fs::File::open("/etc/passwd").is_err(),
            sockets_denied: UdpSocket::bind("127.0.0.1:0").is_err(),
            ..self
        }
    }
}

/// Locks this process in for good. Walls that the kernel lacks are left out and told of.
pub(super) fn enter(memory: u64) -> io::Result<SandboxStatus> {
    limit(Resource::As, memory)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    // The three standard ones, the socket, and the file in hand.
    limit(Resource::Nofile, 16)?;
    rustix::thread::set_no_new_privs(true)?;
    let landlock = landlock().unwrap_or(false);
    let seccomp = seccomp().is_some();
    Ok(SandboxStatus {
        landlock,
        seccomp,
        ..SandboxStatus::default()
    })
}

/// Limits this process for good.
pub(super) fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(
        resource,
        Rlimit {
            current: Some(most),
            maximum: Some(most),
        },
    )?)
}

/// The address space that this process takes by now, where the kernel tells.
pub(super) fn size() -> u64 {
    let pages = || {
        let text = fs::read_to_string("/proc/self/statm").ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    pages().unwrap_or(0) * rustix::param::page_size() as u64
}

/// The most address space from now on; who has more already gets no more.
pub(super) fn limit_memory(most: u64) -> io::Result<()> {
    let maximum = getrlimit(Resource::As).maximum;
    let current = Some(maximum.map_or(most, |hard| most.min(hard)));
    Ok(setrlimit(Resource::As, Rlimit { current, maximum })?)
}

/// Seconds of processor time from now on, after which the kernel ends this process.
pub(super) fn limit_cpu(seconds: u64) -> io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let wanted = u64::try_from(used)
        .unwrap_or(0)
        .saturating_add(seconds)
        .saturating_add(1);
    // A hard limit that is there already cannot be raised, and asking would be refused.
    let maximum = getrlimit(Resource::Cpu).maximum;
    let current = Some(maximum.map_or(wanted, |most| wanted.min(most)));
    Ok(setrlimit(Resource::Cpu, Rlimit { current, maximum })?)
}

/// No file, no port, no other process: nothing is allowed beneath any path.
fn landlock() -> Result<bool, landlock::RulesetError> {
    let abi = ABI::V6;
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

/// Every call but the ones below fails as not permitted.
fn seccomp() -> Option<()> {
    let mut calls: BTreeMap<i64, Vec<SeccompRule>> = CALLS
        .iter()
        .chain(ARCH_CALLS)
        .map(|call| (*call, Vec::new()))
        .collect();
    let own = u64::from(std::process::id());
    calls.insert(libc::SYS_tgkill, vec![about(own)?]);
    calls.insert(libc::SYS_prlimit64, vec![about(own)?, about(0)?]);
    let denied = SeccompAction::Errno(u32::try_from(libc::EPERM).ok()?);
    let arch = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(calls, denied, SeccompAction::Allow, arch).ok()?;
    let program: BpfProgram = filter.try_into().ok()?;
    seccompiler::apply_filter(&program).ok()
}

/// Allows a call only where its first argument names a process; 0 is this one.
fn about(process: u64) -> Option<SeccompRule> {
    let is = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, process).ok()?;
    SeccompRule::new(vec![is]).ok()
}

/// Memory, the socket and files that are already open, time, and an end.
const CALLS: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_pread64,
    libc::SYS_read,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_sendmsg,
    libc::SYS_sendto,
    libc::SYS_sigaltstack,
    libc::SYS_statx,
    libc::SYS_write,
    libc::SYS_writev,
];

/// Calls that only some processors have.
#[cfg(target_arch = "x86_64")]
const ARCH_CALLS: &[i64] = &[
    libc::SYS_getrlimit,
    libc::SYS_newfstatat,
    libc::SYS_setrlimit,
];
/// Calls that only some processors have.
#[cfg(not(target_arch = "x86_64"))]
const ARCH_CALLS: &[i64] = &[libc::SYS_newfstatat];
