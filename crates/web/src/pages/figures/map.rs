//! Areas as people and forms write them, gathered by the seventeen provinces, and where each stands in the tile map.
//!
//! The map is a drawing of its own: a square a province, roughly where it lies. Small counts that are not told stay
//! untold: a sum over them says "at least".

use std::collections::BTreeMap;

/// A province: metropolitan city, province, or a city or province of its own law.
#[derive(Debug, PartialEq, Eq)]
pub struct Province {
    /// In addresses and style sheets: `seoul`.
    pub key: &'static str,
    /// How it is written on a tile.
    pub ko: &'static str,
    pub en: &'static str,
    /// Its name by law, `서울특별시`.
    pub official: &'static str,
    /// Other names that stand for it, among them names that it had before.
    also: &'static [&'static str],
    /// Column and row of its tile.
    pub x: u8,
    pub y: u8,
}

macro_rules! province {
    ($key:literal, $ko:literal, $en:literal, $official:literal, [$($also:literal),*], $x:literal, $y:literal) => {
        Province { key: $key, ko: $ko, en: $en, official: $official, also: &[$($also),*], x: $x, y: $y }
    };
}

/// How many tiles lie beside and above each other.
pub const COLUMNS: u8 = 4;
pub const ROWS: u8 = 5;

/// In the order in which statistics of Korea list them.
pub const PROVINCES: [Province; 17] = [
    province!("seoul", "서울", "Seoul", "서울특별시", ["서울시"], 1, 0),
    province!("busan", "부산", "Busan", "부산광역시", ["부산시"], 3, 3),
    province!("daegu", "대구", "Daegu", "대구광역시", ["대구시"], 2, 2),
    province!("incheon", "인천", "Incheon", "인천광역시", ["인천시"], 0, 0),
    province!("gwangju", "광주", "Gwangju", "광주광역시", ["광주시"], 0, 3),
    province!("daejeon", "대전", "Daejeon", "대전광역시", ["대전시"], 1, 2),
    province!("ulsan", "울산", "Ulsan", "울산광역시", ["울산시"], 3, 2),
    province!("sejong", "세종", "Sejong", "세종특별자치시", ["세종시"], 1, 1),
    province!("gyeonggi", "경기", "Gyeonggi", "경기도", [], 2, 0),
    province!("gangwon", "강원", "Gangwon", "강원특별자치도", ["강원도"], 3, 0),
    province!("chungbuk", "충북", "Chungbuk", "충청북도", [], 2, 1),
    province!("chungnam", "충남", "Chungnam", "충청남도", [], 0, 1),
    province!("jeonbuk", "전북", "Jeonbuk", "전북특별자치도", ["전라북도"], 0, 2),
    province!("jeonnam", "전남", "Jeonnam", "전라남도", [], 1, 3),
    province!("gyeongbuk", "경북", "Gyeongbuk", "경상북도", [], 3, 1),
    province!("gyeongnam", "경남", "Gyeongnam", "경상남도", [], 2, 3),
    province!("jeju", "제주", "Jeju", "제주특별자치도", ["제주도", "제주시"], 0, 4),
];

impl Province {
    fn is(&self, word: &str) -> bool {
        word == self.official || word == self.ko || word == self.en || self.also.contains(&word)
    }
}

/// The province with this word in addresses.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Province> {
    PROVINCES.iter().find(|province| province.key == key)
}

/// The province that an area begins with, and the rest: `서울 종로구` is `서울특별시` and `종로구`.
#[must_use]
pub fn split(area: &str) -> (Option<&'static Province>, &str) {
    let area = area.trim();
    let (first, rest) = area.split_once(char::is_whitespace).unwrap_or((area, ""));
    // A district of a province that shares its name with a metropolitan city: 경기도 광주시 never begins with 광주시.
    match PROVINCES.iter().find(|province| province.is(first)) {
        Some(province) => (Some(province), rest.trim()),
        None => (None, area),
    }
}

/// What may be told of areas. People write them freely, so the name of one that is too small to tell could tell of them:
/// it goes, unless it is a province. Second: whether anything was too small.
#[must_use]
pub fn told(areas: Vec<(String, Option<i64>)>) -> (Vec<(String, Option<i64>)>, bool) {
    let few = areas.iter().any(|(_, count)| count.is_none());
    let known = |area: &str| matches!(split(area), (Some(_), ""));
    (areas.into_iter().filter(|(area, count)| count.is_some() || known(area)).collect(), few)
}

/// A count that may be too small to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// What is told.
    pub count: i64,
    /// How many areas in it are too small to tell.
    pub hidden: usize,
}

impl Sum {
    fn add(&mut self, count: Option<i64>) {
        match count {
            Some(count) => self.count += count,
            None => self.hidden += 1,
        }
    }
}

/// A district, or what was written where no province is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Empty for cases of which only the province is known.
    pub name: String,
    pub sum: Sum,
}

/// Provinces, and what names none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// By the province's place in [`PROVINCES`].
    pub provinces: BTreeMap<usize, Sum>,
    /// Largest first.
    pub others: Vec<District>,
}

/// Gathers areas by province; different writings of one become one.
#[must_use]
pub fn gather(areas: &[(String, Option<i64>)]) -> Gathered {
    let mut gathered = Gathered::default();
    let mut others: BTreeMap<String, Sum> = BTreeMap::new();
    for (area, count) in areas {
        let (province, rest) = split(area);
        match province.and_then(|known| PROVINCES.iter().position(|one| one == known)) {
            Some(at) => gathered.provinces.entry(at).or_default().add(*count),
            None => others.entry(rest.to_owned()).or_default().add(*count),
        }
    }
    gathered.others = largest_first(others);
    gathered
}

/// The districts of one province, whose areas all begin with its name; different writings of one become one.
#[must_use]
pub fn inside(areas: &[(String, Option<i64>)]) -> Vec<District> {
    let mut districts: BTreeMap<String, Sum> = BTreeMap::new();
    for (area, count) in areas {
        districts.entry(split(area).1.to_owned()).or_default().add(*count);
    }
    largest_first(districts)
}

fn largest_first(sums: BTreeMap<String, Sum>) -> Vec<District> {
    let mut list: Vec<District> = sums.into_iter().map(|(name, sum)| District { name, sum }).collect();
    list.sort_by(|a, b| b.sum.count.cmp(&a.sum.count).then_with(|| a.name.cmp(&b.name)));
    list
}

/// How dark a tile is, 0 (nothing told) to 4, by its share of the largest.
#[must_use]
pub fn shade(count: i64, most: i64) -> u8 {
    if count <= 0 || most <= 0 {
        return 0;
    }
    match count.saturating_mul(4) / most {
        0 => 1,
        1 => 2,
        2 => 3,
        _ => 4,
    }
}

/// Where each shade but 0 begins, for the legend; equal neighbours are left out.
#[must_use]
pub fn legend(most: i64) -> Vec<(u8, i64, i64)> {
    // The largest count that is less than so many quarters of the most.
    let below = |quarters: u8| (i64::from(quarters) * most - 1).div_euclid(4);
    let step = |shade: u8| {
        let from = below(shade - 1).max(0) + 1;
        let to = if shade == 4 { most } else { below(shade) };
        (from <= to).then_some((shade, from, to))
    };
    (1..=4).filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn known(area: &str) -> (Option<&'static str>, &str) {
        let (province, rest) = split(area);
        (province.map(|province| province.key), rest)
    }

    #[test]
    fn provinces_are_known_by_every_name() {
        assert_eq!(known("서울특별시 종로구"), (Some("seoul"), "종로구"));
        assert_eq!(known(" 서울  종로구 "), (Some("seoul"), "종로구"));
        assert_eq!(known("전라북도 전주시"), (Some("jeonbuk"), "전주시"));
        assert_eq!(known("경기도 광주시"), (Some("gyeonggi"), "광주시"));
        assert_eq!(known("세종시 나성동"), (Some("sejong"), "나성동"));
        assert_eq!(known("제주"), (Some("jeju"), ""));
        assert_eq!(known("한라산 어딘가"), (None, "한라산 어딘가"));
        assert_eq!(known(""), (None, ""));
    }

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let places: BTreeSet<(u8, u8)> = PROVINCES.iter().map(|province| (province.x, province.y)).collect();
        assert_eq!(places.len(), PROVINCES.len());
        assert!(places.iter().all(|(x, y)| *x < COLUMNS && *y < ROWS));
        let keys: BTreeSet<&str> = PROVINCES.iter().map(|province| province.key).collect();
        assert_eq!(keys.len(), PROVINCES.len());
    }

    #[test]
    fn writings_of_one_place_are_counted_together_and_small_cells_stay_untold() {
        let areas = [
            ("서울특별시 종로구".to_owned(), Some(9)),
            ("서울 종로구".to_owned(), None),
            ("서울 중구".to_owned(), Some(30)),
            ("부산".to_owned(), None),
            ("어딘가".to_owned(), Some(5)),
        ];
        let gathered = gather(&areas);
        assert_eq!(gathered.provinces[&0], Sum { count: 39, hidden: 1 });
        assert_eq!(gathered.provinces[&1], Sum { count: 0, hidden: 1 });
        let districts = inside(&areas[..3]);
        assert_eq!(districts[0], District { name: "중구".into(), sum: Sum { count: 30, hidden: 0 } });
        assert_eq!(districts[1], District { name: "종로구".into(), sum: Sum { count: 9, hidden: 1 } });
        assert_eq!(gathered.others[0].name, "어딘가");
    }

    #[test]
    fn what_somebody_alone_wrote_is_not_passed_on() {
        let areas =
            vec![("김마당네 앞".to_owned(), None), ("제주특별자치도".to_owned(), None), ("서울".to_owned(), Some(9))];
        let (told, few) = told(areas);
        assert!(few);
        assert_eq!(told, [("제주특별자치도".to_owned(), None), ("서울".to_owned(), Some(9))]);
    }

    #[test]
    fn the_legend_says_what_the_shades_mean() {
        for most in 1..=300 {
            let legend = legend(most);
            for count in 1..=most {
                let shade = shade(count, most);
                let step = legend.iter().find(|(of, _, _)| *of == shade);
                assert!(
                    step.is_some_and(|(_, from, to)| (*from..=*to).contains(&count)),
                    "{count} of {most}: {legend:?}"
                );
            }
        }
        assert_eq!(shade(0, 10), 0);
        assert!(legend(0).is_empty());
    }
}
