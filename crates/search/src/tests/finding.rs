//! Every way in which a person asks.

use madang_base::Time;

use super::{World, agency, case, document};
use crate::{Document, Kind, Order, Query, Reading};

fn texts() -> Vec<Document> {
    let mut all = vec![
        document(1, "강변공원 가로등 고장 신고", "밤에 너무 어두워서 산책을 할 수가 없습니다. 가로등을 고쳐 주세요."),
        document(
            2,
            "어린이 보호구역에 과속 단속 카메라를 설치해 주세요",
            "학교 앞 도로에서 차들이 너무 빨리 달립니다.",
        ),
        document(3, "공원에서 담배를 피우지 못하게 해 주세요", "아이들이 노는 곳입니다."),
        document(4, "한강 다리의 소음", "강을 건너는 차량 소음이 심합니다."),
        document(5, "청년 월세 지원 확대", "Youth housing support is too small. 2,026명만 받을 수 있습니다."),
        document(6, "저상버스를 늘려 주세요", "휠체어를 타는 사람은 버스를 탈 수 없습니다."),
        document(7, "공항 버스 노선", "제2공항으로 가는 버스가 없습니다."),
        document(8, "고장난 놀이터 그네", "그네가 고장났는데 가로등도 없습니다."),
    ];
    all[1].answer = "내년 상반기에 설치하겠습니다. 예산 3억 원을 확보했습니다.".to_owned();
    all[1].agencies = vec![agency(1), agency(2)];
    all[1].area = Some("서울특별시 종로구".to_owned());
    all[2].area = Some("서울특별시 중구".to_owned());
    all[2].phase = Some("answered".to_owned());
    all[4].kind = Kind::Commitment;
    all[4].id = "commitment:kr-2026/1.1".parse().unwrap();
    all[5].service = Some("proposal".to_owned());
    all
}

#[tokio::test]
async fn a_word_is_found_with_any_particle_and_any_spaces() {
    let world = World::with(texts()).await;
    for (words, first) in [
        ("가로등", 1),
        ("가로등이", 1),
        ("가로등 고장", 1),
        ("가로등고장", 1),
        ("강변 공원", 1),
        ("공원에서", 3),
        ("공원 담배", 3),
        ("담배를", 3),
        ("어린이보호구역", 2),
        ("어린이 보호 구역", 2),
        ("보호구역", 2),
        ("과속단속카메라", 2),
        ("어린이보호구역과속단속카메라설치", 2),
        ("학교앞도로", 2),
        ("보호구역에과속카메라를설치", 2),
        ("저상 버스", 6),
        ("저상버스", 6),
        ("놀이터그네", 8),
        ("강", 4),
    ] {
        let found = world.find(words);
        assert_eq!(found.first(), Some(&case(first)), "{words}: {found:?}");
    }
}

#[tokio::test]
async fn all_words_must_be_there_and_unwanted_ones_not() {
    let world = World::with(texts()).await;
    assert_eq!(world.find("버스 휠체어"), [case(6)]);
    assert_eq!(world.find("버스 -휠체어"), [case(7)]);
    assert_eq!(world.find("고장 -그네"), [case(1)]);
    let both = world.find("가로등");
    assert!(both.contains(&case(1)) && both.contains(&case(8)), "{both:?}");
}

#[tokio::test]
async fn a_phrase_is_found_only_where_it_stands() {
    let world = World::with(texts()).await;
    assert_eq!(world.find("\"가로등 고장\""), [case(1)]);
    assert_eq!(world.find("\"고장 가로등\""), []);
    assert_eq!(world.find("\"버스가 없습니다\""), [case(7)]);
    assert_eq!(world.find("\"housing support\""), [texts()[4].id.clone()]);
    assert_eq!(world.find("\"support housing\""), []);
}

#[tokio::test]
async fn initials_find_titles() {
    let world = World::with(texts()).await;
    for (words, first) in [("ㄱㄹㄷ", 1), ("ㄱㅂㄱㅇ", 1), ("ㅈㅅㅂㅅ", 6), ("ㅂㅎㄱㅇ", 2), ("ㄳㄷㅅ", 2)]
    {
        assert!(world.find(words).contains(&case(first)), "{words}: {:?}", world.find(words));
    }
    assert_eq!(world.find("ㅋㅋㅋ"), []);
}

#[tokio::test]
async fn the_wrong_keyboard_is_understood_and_said() {
    let world = World::with(texts()).await;
    let ask = |words: &str| world.index.search(&Query { words: words.to_owned(), ..Query::default() }, 0, 10).unwrap();
    let found = ask("rkfhemd");
    assert_eq!(found.read, Reading::Keyboard("가로등".to_owned()));
    assert!(found.ids.iter().any(|hit| hit.id == case(1)), "{found:?}");
    let found = ask("rkfhemd 고장");
    assert_eq!(found.read, Reading::Keyboard("가로등 고장".to_owned()));
    assert_eq!(ask("housing").read, Reading::Typed);
    let found = ask("ㅗㅐㅕㄴㅑㅜㅎ");
    assert_eq!(found.read, Reading::Keyboard("housing".to_owned()));
    assert_eq!(found.count, 1);
}

#[tokio::test]
async fn other_scripts_numbers_and_shapes_of_letters_are_found() {
    let world = World::with(texts()).await;
    let five = [texts()[4].id.clone()];
    for words in ["HOUSING", "ｈｏｕｓｉｎｇ", "2026", "2,026명"] {
        assert_eq!(world.find(words), five, "{words}");
    }
    // As a Mac writes it: taken apart into letters.
    assert_eq!(world.find("\u{1103}\u{1161}\u{11b7}\u{1107}\u{1162}"), [case(3)]);
    assert_eq!(world.find("제2공항"), [case(7)]);
    assert_eq!(world.find("2공항"), [case(7)]);
}

#[tokio::test]
async fn most_of_many_words_are_enough_when_nothing_has_all() {
    let world = World::with(texts()).await;
    let found = world
        .index
        .search(&Query { words: "강변공원 가로등 고장 우주선".to_owned(), ..Query::default() }, 0, 10)
        .unwrap();
    assert_eq!(found.read, Reading::Loose);
    assert_eq!(found.ids[0].id, case(1));
    let none = world.index.search(&Query { words: "우주선".to_owned(), ..Query::default() }, 0, 10).unwrap();
    assert_eq!((none.count, none.read), (0, Reading::Typed));
}

#[tokio::test]
async fn filters_leave_what_they_say() {
    let world = World::with(texts()).await;
    let all = Query::default();
    assert_eq!(world.ask(&all).len(), 8);
    let cases = [
        (Query { kinds: vec![Kind::Commitment], ..all.clone() }, 1),
        (Query { kinds: vec![Kind::Commitment, Kind::Case], ..all.clone() }, 8),
        (Query { kinds: vec![Kind::Plan], ..all.clone() }, 0),
        (Query { service: Some("proposal".to_owned()), ..all.clone() }, 1),
        (Query { agency: Some(agency(2)), ..all.clone() }, 1),
        (Query { agency: Some(agency(1)), ..all.clone() }, 8),
        (Query { area: Some("서울특별시".to_owned()), ..all.clone() }, 2),
        (Query { area: Some("서울특별시  종로구".to_owned()), ..all.clone() }, 1),
        (Query { area: Some("종로구".to_owned()), ..all.clone() }, 0),
        (Query { phase: Some("answered".to_owned()), ..all.clone() }, 1),
        (Query { state: Some("received".to_owned()), ..all.clone() }, 8),
        (Query { words: "버스".to_owned(), service: Some("proposal".to_owned()), ..all.clone() }, 1),
        (Query { words: "설치하겠습니다".to_owned(), answers: true, ..all.clone() }, 1),
        (Query { words: "가로등".to_owned(), answers: true, ..all.clone() }, 0),
        (Query { since: Some(texts()[7].at), ..all.clone() }, 1),
        (Query { until: Some(texts()[7].at), ..all.clone() }, 7),
        (Query { since: Some(texts()[2].at), until: Some(texts()[4].at), ..all.clone() }, 2),
        (Query { since: Some(Time::from_micros(i64::MAX)), ..all.clone() }, 0),
    ];
    for (query, count) in cases {
        let found = world.index.search(&query, 0, 50).unwrap();
        assert_eq!((found.ids.len(), found.count, found.counted), (count, count as u64, true), "{query:?}");
    }
}

#[tokio::test]
async fn the_newest_first_or_the_fittest() {
    let world = World::with(texts()).await;
    let newest = world.ask(&Query { words: "고장".to_owned(), order: Order::Newest, ..Query::default() });
    assert_eq!(newest, [case(8), case(1)]);
    let all = world.ask(&Query::default());
    assert_eq!((all[0].clone(), all[7].clone()), (case(8), case(1)));
    let page = world.index.search(&Query::default(), 2, 3).unwrap();
    assert_eq!(page.ids.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>(), all[2..5]);
    assert_eq!(page.count, 8);
    let (past, beyond) =
        (world.index.search(&Query::default(), 8, 10), world.index.search(&Query::default(), 20_000, 10));
    assert!(past.unwrap().ids.is_empty() && beyond.unwrap().ids.is_empty());
}

#[tokio::test]
async fn between_equals_people_and_time_decide() {
    let mut documents: Vec<Document> = (1..=3).map(|n| document(n, "보도 정비", "보도를 정비해 주세요")).collect();
    documents[1].weight = 5000;
    let world = World::with(documents).await;
    assert_eq!(world.find("보도 정비"), [case(2), case(3), case(1)]);
}

#[tokio::test]
async fn suggestions_follow_every_stroke() {
    let world = World::with(texts()).await;
    let suggest = |typed: &str| world.index.suggest(typed, 5).unwrap();
    for typed in ["가", "갈", "가로", "가롣", "가로드", "가로등", "ㄱㄹㄷ", "rkfh"] {
        assert!(suggest(typed).contains(&case(1)), "{typed}: {:?}", suggest(typed));
    }
    assert!(suggest("버ㅅ").contains(&case(7)));
    for typed in ["저상버", "저상 버"] {
        assert!(suggest(typed).contains(&case(6)), "{typed}: {:?}", suggest(typed));
    }
    assert_eq!(suggest("어린이 보호구역에 과속 단").first(), Some(&case(2)));
    for typed in ["", " ", "!?", "뷁"] {
        assert_eq!(suggest(typed), [], "{typed}");
    }
    assert_eq!(world.index.suggest("가", 0).unwrap(), []);
}

#[tokio::test]
async fn alike_cases_are_found_whatever_the_spaces() {
    let mut documents = texts();
    for n in 20..60 {
        documents.push(document(n, &format!("주차장 {n}번 구역 주차 문제"), "주차할 곳이 없습니다. 고쳐 주세요."));
    }
    let world = World::with(documents).await;
    for (title, text) in [
        ("강변공원 가로등이 고장났어요", "어두워서 산책을 못 합니다"),
        ("강변 공원의 가로등", "고장 신고합니다"),
        ("강변공원가로등고장", ""),
    ] {
        let found = world.index.alike(title, text, Some("petition"), 5).unwrap();
        assert_eq!(found.first().map(|(id, _)| id), Some(&case(1)), "{title}: {found:?}");
        assert!(found.iter().all(|(_, share)| (0.0..=1.0).contains(share)));
    }
    assert!(world.index.alike("강변공원 가로등", "", Some("proposal"), 5).unwrap().is_empty());
    assert!(world.index.alike("", "", None, 5).unwrap().is_empty());
    assert!(world.index.alike("뷁뷁뷁", "쀍쀍", None, 5).unwrap().is_empty());
    let plans = world.index.alike("청년 월세 지원 확대", "", None, 5).unwrap();
    assert!(plans.iter().all(|(id, _)| id.kind == madang_kernel::ObjectKind::Case), "{plans:?}");
}

#[tokio::test]
async fn who_had_to_do_with_it() {
    let mut documents = texts();
    for n in 20..30 {
        let mut lamp = document(n, "가로등 고장", "골목 가로등이 꺼졌습니다");
        lamp.agencies = vec![agency(3)];
        lamp.area = Some("부산광역시 중구".to_owned());
        documents.push(lamp);
    }
    let world = World::with(documents).await;
    let found = world.index.agencies("가로등이 꺼졌어요", None, 5).unwrap();
    assert_eq!(found[0].agency, agency(3));
    assert_eq!(found[0].cases, 10);
    assert_eq!(found[0].examples.len(), 3);
    let here = world.index.agencies("과속 카메라", Some("서울특별시"), 5).unwrap();
    assert_eq!(here.iter().map(|handled| handled.agency).collect::<Vec<_>>(), [agency(1), agency(2)]);
    assert!(world.index.agencies("가로등", Some("제주특별자치도"), 5).unwrap().is_empty());
    assert!(world.index.agencies("", None, 5).unwrap().is_empty());
}
