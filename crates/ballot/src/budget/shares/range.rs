//! Proof that every endowment of a range gives the same purchases in the same order, so that Add1 need not run them.
//!
//! Within a range of endowments what a voter has left is between two straight lines over the range, each kept by its
//! values at both ends. The price of a project, as a function of the endowment, is convex: with money on a straight line, x is
//! the least with Σ min(money, x · weight) ≥ cost, and that is a convex set. So the price with the least money lies below its
//! chord. From below, every set P of supporters gives a bound: x ≥ (cost − Σ money of P) / (weights of the others), a
//! straight line when the money is the most they may have. A straight line that lies above another at both ends does so
//! everywhere. Supporters who are poor at one end and not at the other only make the lines part; when they part too
//! far nothing is proven, and the range is made smaller. Lines are rounded outward.
//!
//! Arithmetic is on whole numbers; nothing that is proven depends on how it was found.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::super::limits::Limits;
use super::super::profile::Profile;

/// What a voter has at least and at most: at least at both ends, at most at both ends.
type Money = [i64; 4];

/// Values at both ends of the range.
type Line = [i64; 2];

#[derive(Debug)]
struct Candidate {
    project: usize,
    /// The price is not below this line.
    low: Line,
    /// The price in the middle is about this; from where to search.
    middle: i64,
}

struct Range<'a> {
    profile: &'a Profile,
    bits: i32,
    money: &'a mut Vec<Money>,
}

/// The winner's price over the range.
struct Won {
    project: usize,
    low: Line,
    high: Line,
    /// Every supporter pays the same everywhere: the price is cost / weights, exactly.
    equal: bool,
}

/// What can be shown of a project that should not win.
enum Shown {
    /// It loses everywhere.
    Loses,
    /// Its supporters cannot pay it anywhere, now and later.
    Short,
    Nothing,
}

/// Whether every endowment from `from` to `to` gives the purchases of `order` and then none, when they begin after `free`.
pub(super) fn same(
    profile: &Profile,
    order: &[usize],
    mut limits: Limits<'_>,
    from: &BigRational,
    to: &BigRational,
    space: &mut Vec<Money>,
) -> bool {
    let all = (to * BigRational::from_integer(profile.voters.into())).ceil().to_integer();
    let bits = 61 - i32::try_from(all.bits()).unwrap_or(i32::MAX);
    if bits < 0 {
        return false;
    }
    let fixed = |endowment: &BigRational| {
        let scaled = endowment * BigRational::from_integer(BigInt::from(1) << bits.unsigned_abs());
        scaled.floor().to_integer().to_i64().unwrap_or(i64::MAX - 1)
    };
    let (start, end) = (fixed(from), fixed(to));
    space.clear();
    space.resize(profile.count.len(), [start, end, start + 1, end + 1]);
    let mut range = Range { profile, bits, money: space };
    let mut open: Vec<Candidate> = (0..profile.costs.len())
        .filter(|&project| {
            profile.barred[project].is_none()
                && profile.supporters[project] > 0
                && profile.costs[project] > 0
                && !limits.chosen[project]
        })
        .map(|project| {
            let low = (i128::from(profile.costs[project]) << bits) / i128::from(profile.score[project]);
            let low = i64::try_from(low).unwrap_or(i64::MAX);
            Candidate { project, low: [low, low], middle: low }
        })
        .collect();
    let next = order.iter().copied().map(Some).chain([None]);
    for winner in next {
        open.retain(|candidate| limits.falls(candidate.project, profile.costs[candidate.project]).is_none());
        let won = match winner {
            None => None,
            Some(winner) => {
                let Some(at) = open.iter().position(|candidate| candidate.project == winner) else { return false };
                let candidate = open.swap_remove(at);
                let Some(won) = range.won(&candidate) else { return false };
                Some(won)
            }
        };
        let mut at = 0;
        while at < open.len() {
            if !limits.ready(open[at].project) {
                at += 1;
                continue;
            }
            match range.loses(&mut open[at], won.as_ref()) {
                Shown::Loses => at += 1,
                Shown::Short => {
                    open.swap_remove(at);
                }
                Shown::Nothing => return false,
            }
        }
        if let Some(won) = won {
            range.buy(&won);
            limits.choose(won.project, profile.costs[won.project]);
        }
    }
    true
}

/// Sums over the supporters that are taken as poor.
#[derive(Default)]
struct Sums {
    chosen: i128,
    lines: [i128; 2],
    poor: i64,
    rich: i64,
}

impl Range<'_> {
    fn cost(&self, project: usize) -> i128 {
        i128::from(self.profile.costs[project]) << self.bits
    }

    fn factor(&self, project: usize) -> i128 {
        if self.profile.by_cost { i128::from(self.profile.costs[project]) } else { 1 }
    }

    /// Takes as poor who has less than `x` for each weight by `key`; sums `key` and both `lines` over them.
    fn scan(&self, project: usize, x: i64, lines: [usize; 2], key: impl Fn(&Money) -> i64) -> Sums {
        let profile = self.profile;
        let weights = profile.backers.weights_of(project);
        let mut sums = Sums::default();
        if weights.is_empty() {
            let (mut chosen, mut first, mut second) = (0_i64, 0_i64, 0_i64);
            for &group in profile.backers.of(project) {
                let money = &self.money[group as usize];
                let have = key(money);
                if have < x {
                    let count = i64::from(profile.count[group as usize]);
                    sums.poor += count;
                    chosen += have * count;
                    first += money[lines[0]] * count;
                    second += money[lines[1]] * count;
                }
            }
            sums.chosen = i128::from(chosen);
            sums.lines = [i128::from(first), i128::from(second)];
            sums.rich = profile.score[project] - sums.poor;
        } else {
            for (&group, &weight) in profile.backers.of(project).iter().zip(weights) {
                let money = &self.money[group as usize];
                let (have, count) = (key(money), i64::from(profile.count[group as usize]));
                if i128::from(have) < i128::from(x) * i128::from(weight) {
                    sums.poor += count;
                    sums.chosen += i128::from(have) * i128::from(count);
                    for (sum, line) in sums.lines.iter_mut().zip(lines) {
                        *sum += i128::from(money[line]) * i128::from(count);
                    }
                } else {
                    sums.rich += i64::from(weight) * count;
                }
            }
        }
        sums
    }

    /// The price with the least that supporters have at one end, rounded up, and whether nobody is poor.
    fn above(&self, project: usize, start: i64, end: usize) -> Option<(i64, bool)> {
        let cost = self.cost(project);
        let mut x = start;
        loop {
            let sums = self.scan(project, x, [end, end], |money| money[end]);
            if sums.rich == 0 {
                return None;
            }
            let next = up(cost - sums.chosen, sums.rich);
            if next <= x {
                return Some((x, sums.poor == 0));
            }
            x = next;
        }
    }

    fn won(&self, candidate: &Candidate) -> Option<Won> {
        let project = candidate.project;
        // A bound that holds with the most money holds with the least as well.
        let (first, first_equal) = self.above(project, candidate.low[0].max(1), 0)?;
        let (second, second_equal) = self.above(project, candidate.low[1].max(1), 1)?;
        let equal = first_equal && second_equal;
        let cost = self.cost(project);
        let low = if equal {
            let low = i64::try_from(cost / i128::from(self.profile.score[project])).ok()?;
            [low, low]
        } else {
            let middle = first.midpoint(second);
            let sums = self.scan(project, middle, [2, 3], |money| money[2].midpoint(money[3]));
            if sums.rich == 0 {
                return None;
            }
            sums.lines.map(|poor| down(cost - poor, sums.rich))
        };
        Some(Won { project, low, high: [first, second], equal })
    }

    /// Whether the candidate loses against the winner everywhere, or cannot be paid anywhere.
    fn loses(&self, candidate: &mut Candidate, won: Option<&Won>) -> Shown {
        let project = candidate.project;
        if won.is_some_and(|won| self.behind(project, candidate.low, won)) {
            return Shown::Loses;
        }
        let cost = self.cost(project);
        let keys: [fn(&Money) -> i64; 2] = [|money| money[2].midpoint(money[3]), |money| money[3]];
        for (key, start) in keys.into_iter().zip([candidate.middle, candidate.low[1]]) {
            let mut x = start.max(1);
            loop {
                let sums = self.scan(project, x, [2, 3], key);
                let missing = sums.lines.map(|poor| cost - poor);
                if sums.rich == 0 {
                    if missing[0] > 0 && missing[1] > 0 {
                        return Shown::Short;
                    }
                    break;
                }
                let low = missing.map(|missing| down(missing, sums.rich));
                if won.is_some_and(|won| self.behind(project, low, won)) {
                    candidate.low = low;
                    candidate.middle = candidate.middle.max(if start == candidate.middle { x } else { 0 });
                    return Shown::Loses;
                }
                let next = down(cost - sums.chosen, sums.rich);
                if next <= x {
                    break;
                }
                x = next;
            }
        }
        Shown::Nothing
    }

    /// Whether a project whose price is not below a line loses against the winner everywhere.
    fn behind(&self, project: usize, low: Line, won: &Won) -> bool {
        let (mine, theirs) = (self.factor(project), self.factor(won.project));
        if (0..2).all(|end| i128::from(won.high[end]) * mine < i128::from(low[end]) * theirs) {
            return true;
        }
        if !won.equal {
            return false;
        }
        // The winner's price is cost / weights, and nobody's is below that: equal ones are tied at best.
        let profile = self.profile;
        let share = |project: usize, factor: i128| {
            if profile.by_cost {
                // Cost is the factor: what is left is 1 / weights.
                (1, i128::from(profile.score[project]))
            } else {
                (i128::from(profile.costs[project]), i128::from(profile.score[project]) * factor)
            }
        };
        let ((a, b), (c, d)) = (share(won.project, theirs), share(project, mine));
        (a * d).cmp(&(c * b)).then(profile.rank[won.project].cmp(&profile.rank[project])).is_lt()
    }

    fn buy(&mut self, won: &Won) {
        for (group, weight) in self.profile.backers.weighted(won.project) {
            let money = &mut self.money[group];
            let paid = |price: i64| i128::from(price) * i128::from(weight);
            // Prices are rounded outward, and are below the endowment where they are paid: what is left fits again.
            let left = |have: i64, price: i64| i64::try_from(i128::from(have) - paid(price)).unwrap_or(i64::MIN);
            let least = [left(money[0], won.high[0]), left(money[1], won.high[1])];
            let least = if least[0] > 0 && least[1] > 0 { least } else { [0, 0] };
            let most = [left(money[2], won.low[0]).max(0), left(money[3], won.low[1]).max(0)];
            *money = [least[0], least[1], most[0], most[1]];
        }
    }
}

fn down(a: i128, b: i64) -> i64 {
    i64::try_from(a.div_euclid(i128::from(b))).unwrap_or(if a > 0 { i64::MAX } else { 0 }).max(0)
}

fn up(a: i128, b: i64) -> i64 {
    i64::try_from((a + i128::from(b) - 1).div_euclid(i128::from(b))).unwrap_or(i64::MAX).max(0)
}
