//! Instances by a stated recipe, the same on every machine: for benchmarks and tests.
//!
//! Recipe. Randomness is SplitMix64 (Steele, Lea, Flood 2014) from the seed. A feature has values with a share of the
//! population (weights) and a willingness (weights again, 1000 is all). A volunteer: for each feature a value by its share,
//! independently; accepted with probability ∏ willingness/1000, else drawn anew. Quotas: for a value with share s the seats
//! are ⌊s·k·(1 − slack)⌋ to ⌈s·k·(1 + slack)⌉, the minimum lowered to the people in the pool where there are fewer.
//! The features of [`national`] have the shares of the Korean population by region and age, rounded to thousandths.

use crate::{Feature, Person, Pool, Range, Task, Value};

/// SplitMix64.
#[derive(Clone, Debug)]
pub struct SplitMix(pub u64);

impl SplitMix {
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform below `n` (by rejection, exactly).
    pub fn below(&mut self, n: u64) -> u64 {
        let limit = u64::MAX - u64::MAX % n;
        loop {
            let number = self.next_u64();
            if number < limit {
                return number % n;
            }
        }
    }
}

/// A feature of the recipe: its name, and for each value its name, share (weight) and willingness (of 1000).
#[derive(Clone, Debug)]
pub struct Trait {
    pub name: &'static str,
    pub values: Vec<(String, u32, u32)>,
}

impl Trait {
    fn of(name: &'static str, values: &[(&str, u32, u32)]) -> Self {
        Self { name, values: values.iter().map(|it| (it.0.to_owned(), it.1, it.2)).collect() }
    }
}

/// Draws a pool and sets quotas. `slack` is in thousandths.
#[must_use]
pub fn task(traits: &[Trait], people: usize, size: u32, slack: u32, seed: u64) -> Task {
    let mut random = SplitMix(seed);
    let totals: Vec<u64> = traits.iter().map(|it| it.values.iter().map(|value| u64::from(value.1)).sum()).collect();
    let mut pool = Vec::with_capacity(people);
    let mut counts: Vec<Vec<u32>> = traits.iter().map(|it| vec![0; it.values.len()]).collect();
    while pool.len() < people {
        let mut values = Vec::with_capacity(traits.len());
        let mut willing = true;
        for (feature, total) in traits.iter().zip(&totals) {
            let mut at = random.below(*total);
            let mut value = 0;
            while at >= u64::from(feature.values[value].1) {
                at -= u64::from(feature.values[value].1);
                value += 1;
            }
            willing &= random.below(1000) < u64::from(feature.values[value].2);
            values.push(value);
        }
        if willing {
            for (count, value) in counts.iter_mut().zip(&values) {
                count[*value] += 1;
            }
            pool.push(Person { id: format!("p{:06}", pool.len() + 1), values, household: None });
        }
    }
    let features = traits
        .iter()
        .zip(&totals)
        .zip(&counts)
        .map(|((feature, total), counts)| Feature {
            name: feature.name.to_owned(),
            values: feature
                .values
                .iter()
                .zip(counts)
                .map(|(value, count)| {
                    let product = u64::from(value.1) * u64::from(size);
                    let min = product * u64::from(1000 - slack) / (total * 1000);
                    let max = (product * u64::from(1000 + slack)).div_ceil(total * 1000);
                    let min = u32::try_from(min).unwrap_or(u32::MAX).min(*count);
                    let max = u32::try_from(max).unwrap_or(u32::MAX).max(min);
                    Value { name: value.0.clone(), range: Range::new(min, max), flex: None }
                })
                .collect(),
        })
        .collect();
    Task { features, quotas: Vec::new(), pool: Pool { people: pool }, size, one_per_household: false }
}

/// Puts the pool into households: people are taken in order, in groups of one to four (by SplitMix64: half alone, a quarter
/// in pairs, an eighth each in threes and fours).
pub fn households(task: &mut Task, seed: u64) {
    let mut random = SplitMix(seed);
    let mut at = 0;
    let mut name = 0;
    while at < task.pool.people.len() {
        let many = match random.below(8) {
            0..4 => 1,
            4..6 => 2,
            6 => 3,
            _ => 4,
        };
        let end = task.pool.people.len().min(at + many);
        name += 1;
        for person in &mut task.pool.people[at..end] {
            person.household = Some(format!("h{name:06}"));
        }
        at = end;
    }
}

fn gender() -> Trait {
    Trait::of("gender", &[("female", 502, 700), ("male", 498, 1000)])
}

fn age() -> Trait {
    Trait::of(
        "age",
        &[
            ("18-29", 165, 250),
            ("30s", 150, 400),
            ("40s", 178, 700),
            ("50s", 197, 900),
            ("60s", 172, 1000),
            ("70+", 138, 500),
        ],
    )
}

/// A national committee: gender 2 × region 17 × age 6, and at least `size`/20 from vulnerable groups.
#[must_use]
pub fn national(people: usize, size: u32, seed: u64) -> Task {
    let region = Trait::of(
        "region",
        &[
            ("Seoul", 182, 1000),
            ("Busan", 64, 700),
            ("Daegu", 46, 650),
            ("Incheon", 59, 750),
            ("Gwangju", 27, 800),
            ("Daejeon", 28, 850),
            ("Ulsan", 21, 600),
            ("Sejong", 8, 1000),
            ("Gyeonggi", 267, 900),
            ("Gangwon", 30, 600),
            ("Chungbuk", 31, 600),
            ("Chungnam", 42, 550),
            ("Jeonbuk", 34, 600),
            ("Jeonnam", 35, 500),
            ("Gyeongbuk", 49, 500),
            ("Gyeongnam", 63, 550),
            ("Jeju", 14, 700),
        ],
    );
    let vulnerable = Trait::of("vulnerable", &[("no", 900, 1000), ("yes", 100, 250)]);
    let mut task = task(&[gender(), region, age(), vulnerable], people, size, 20, seed);
    if let Some(feature) = task.features.iter_mut().find(|it| it.name == "vulnerable") {
        feature.values[0].range = Range::at_least(0);
        feature.values[1].range = Range::at_least(size / 20);
    }
    task
}

/// A city's committee with six features: nearly everybody is a type of their own.
#[must_use]
pub fn six(people: usize, size: u32, seed: u64) -> Task {
    let traits = [
        gender(),
        age(),
        Trait::of(
            "district",
            &[
                ("north", 160, 700),
                ("east", 140, 900),
                ("south", 120, 500),
                ("west", 90, 800),
                ("centre", 200, 1000),
                ("port", 80, 350),
                ("hill", 110, 600),
                ("new town", 100, 450),
            ],
        ),
        Trait::of(
            "education",
            &[("school", 380, 350), ("college", 180, 600), ("university", 340, 1000), ("higher", 100, 1000)],
        ),
        Trait::of(
            "work",
            &[
                ("employed", 480, 700),
                ("own business", 130, 600),
                ("at home", 150, 600),
                ("student", 70, 800),
                ("retired", 170, 1000),
            ],
        ),
        Trait::of("opinion", &[("for", 450, 1000), ("unsure", 300, 400), ("against", 250, 700)]),
    ];
    task(&traits, people, size, 100, seed)
}

/// Three strata: gender 2, age 6, district 5. What other programs finish.
#[must_use]
pub fn three(people: usize, size: u32, seed: u64) -> Task {
    let district = Trait::of(
        "district",
        &[("north", 250, 700), ("east", 200, 900), ("south", 220, 400), ("west", 130, 800), ("centre", 200, 1000)],
    );
    task(&[gender(), age(), district], people, size, 100, seed)
}
