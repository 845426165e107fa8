//! Folders that no disk holds: the system makes up their files, and some never end.

use std::path::{Path, PathBuf};

/// Kinds of file systems without files of anybody's.
const VIRTUAL: [&str; 22] = [
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "procfs",
    "pstore",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "sysfs",
    "tracefs",
];

/// Where such file systems usually are, for systems that list none.
#[cfg(unix)]
const USUAL: [&str; 3] = ["/dev", "/proc", "/sys"];
#[cfg(not(unix))]
const USUAL: [&str; 0] = [];

/// The folders where file systems begin, in the order of their mounting, and whether they are virtual.
pub(super) struct Mounts(Vec<(PathBuf, bool)>);

impl Mounts {
    /// Asks the system.
    pub fn of_system() -> Mounts {
        Mounts::read(&std::fs::read_to_string("/proc/self/mounts").unwrap_or_default())
    }

    /// Reads lines of "device folder kind options".
    fn read(mounts: &str) -> Mounts {
        let listed = mounts.lines().filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            let (folder, kind) = (words.next()?, words.next()?);
            Some((unescaped(folder).into(), VIRTUAL.contains(&kind)))
        });
        Mounts(USUAL.iter().map(|folder| (folder.into(), true)).chain(listed).collect())
    }

    /// Whether a folder or file lies in a virtual file system: the innermost counts, and of several in one place the last.
    pub fn is_virtual(&self, path: &Path) -> bool {
        let around = self.0.iter().filter(|(folder, _)| path.starts_with(folder));
        around.max_by_key(|(folder, _)| folder.components().count()).is_some_and(|(_, is_virtual)| *is_virtual)
    }
}

/// Returns a path whose spaces are written as "\\040".
fn unescaped(path: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(path.to_owned(), |path, (escape, sign)| path.replace(escape, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_disk_holds_is_told_by_its_kind() {
        let mounts = Mounts::read(
            "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\nsysfs /srv/a\\040jail/sys sysfs ro 0 0\n\
             auto /srv/docs autofs rw 0 0\nserver:/docs /srv/docs nfs4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\nbroken\n",
        );
        for (path, expected) in [
            ("/proc/kmsg", cfg!(unix)),
            ("/dev", cfg!(unix)),
            ("/srv/a jail/sys/kernel", true),
            ("/srv/a jail/system", false),
            ("/srv/docs/report.pdf", false),
            ("/dev/shm/corpus/a.txt", false),
            ("/home/me/proc", false),
        ] {
            assert_eq!(mounts.is_virtual(Path::new(path)), expected, "{path}");
        }
    }
}
