//! Which parts of an index are joined.

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Entries in a part of the index above which it is merged no more, so that a changed file never rewrites the index; in
/// larger indexes an eighth of all, so that the parts stay few. Parts of a size are searched side by side.
const LARGE_PART: usize = 100_000;
const LARGE_SHARE: usize = 8;
/// Merges that take in no more parts once they have `large` entries: at a first commit all parts are of one size, and the
/// policy of tantivy would make one of them all.
#[derive(Debug)]
pub(super) struct Bounded {
    policy: LogMergePolicy,
    large: usize,
}

impl Bounded {
    /// Returns the policy for an index that holds so many entries.
    pub fn of(held: usize) -> Bounded {
        let mut policy = LogMergePolicy::default();
        let large = (held / LARGE_SHARE).max(LARGE_PART);
        policy.set_max_docs_before_merge(large);
        Bounded { policy, large }
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, parts: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let entries =
            |id: &SegmentId| parts.iter().find(|part| part.id() == *id).map_or(0, |part| part.num_docs() as usize);
        let candidates = self.policy.compute_merge_candidates(parts).into_iter();
        let groups = candidates.flat_map(|MergeCandidate(ids)| groups(ids, entries, self.large));
        groups.map(MergeCandidate).collect()
    }
}

/// Returns parts in groups of two at least, each closed by the part with which it reaches `large` entries. No part that is
/// merged has so many, so that no group has twice as many.
fn groups<T>(parts: Vec<T>, entries: impl Fn(&T) -> usize, large: usize) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let (mut group, mut sum) = (Vec::new(), 0);
    for part in parts {
        sum += entries(&part);
        group.push(part);
        if sum >= large {
            groups.push(std::mem::take(&mut group));
            sum = 0;
        }
    }
    groups.push(group);
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_parts_stay_bounded() {
        let sizes = |parts: Vec<usize>| groups(parts, |entries| *entries, 100);
        assert_eq!(sizes(vec![40, 40, 40, 30, 80, 5]), [vec![40, 40, 40], vec![30, 80]]);
        assert_eq!(sizes(vec![120, 10]), Vec::<Vec<usize>>::new());
        assert_eq!(sizes(vec![1, 2, 3]), [vec![1, 2, 3]]);
    }
}
