//! Stories of the queue, told without network or browser.

use model::Id;

use super::*;
use crate::upload::{item::Made, tus::CHUNK};

const NOW: Millis = 1_000_000;

fn facts(name: &str, size: u64) -> FileFacts {
    FileFacts {
        name: name.into(),
        size: ByteSize::bytes(size),
        mime: "image/jpeg".into(),
        last_modified: 7,
    }
}

fn queue_of(count: u32, size: u64) -> Queue {
    let mut queue = Queue::default();
    for number in 0..count {
        queue.add(facts(&format!("{number}.jpg"), size), Place::default(), NOW);
    }
    queue
}

fn asset() -> AssetId {
    AssetId::from_parts(1, 2)
}

fn finished() -> Answer {
    Answer {
        status: 201,
        asset_id: Some(asset()),
        ..Answer::default()
    }
}

fn stands_at(offset: u64) -> Answer {
    Answer {
        status: 204,
        location: Some("/files/upl_1".into()),
        offset: Some(offset),
        ..Answer::default()
    }
}

fn refused() -> Problem {
    Problem::new(model::ProblemCode::UnsupportedKind, "Not this.")
}

#[test]
fn three_move_at_a_time_in_the_order_they_came() {
    let mut queue = queue_of(5, 10);

    let first = queue.start(NOW);
    assert_eq!(first.iter().map(|t| t.id.0).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(queue.start(NOW), []);

    let step = queue.step(first[1]).unwrap();
    assert_eq!(step, Step::CreateWhole);
    let turn = queue.answered(first[1], step, &finished(), NOW);
    assert_eq!(turn, Turn::Finished(asset()));
    assert_eq!(queue.start(NOW)[0].id, ItemId(3));
}

#[test]
fn a_large_file_goes_in_chunks() {
    let mut queue = queue_of(1, CHUNK + 5);
    let ticket = queue.start(NOW)[0];

    assert_eq!(queue.step(ticket), Some(Step::Create));
    queue.answered(ticket, Step::Create, &stands_at(0), NOW);
    let append = queue.step(ticket).unwrap();
    assert_eq!(append, Step::Append { from: 0, to: CHUNK });
    queue.answered(ticket, append, &stands_at(CHUNK), NOW);
    assert_eq!(
        queue.step(ticket),
        Some(Step::Append {
            from: CHUNK,
            to: CHUNK + 5
        })
    );
}

#[test]
fn a_broken_connection_rests_asks_and_goes_on_from_the_servers_offset() {
    let mut queue = queue_of(1, CHUNK * 2);
    let ticket = queue.start(NOW)[0];
    queue.answered(ticket, Step::Create, &stands_at(0), NOW);
    queue.moved(ticket, 4_000, NOW);

    queue.broke(ticket, NOW);
    assert_eq!(queue.next_wake(), Some(NOW + 500));
    assert_eq!(queue.start(NOW + 499), []);

    let again = queue.start(NOW + 500)[0];
    assert_eq!(queue.step(again), Some(Step::Ask));
    queue.answered(again, Step::Ask, &stands_at(3_000), NOW);
    assert!(matches!(
        queue.step(again),
        Some(Step::Append { from: 3_000, .. })
    ));
}

#[test]
fn bytes_that_never_arrive_are_sent_less_and_less_often_until_a_person_is_asked() {
    let mut queue = queue_of(1, CHUNK * 2);
    let fault = Answer {
        status: 500,
        ..Answer::default()
    };
    let (mut now, mut rests) = (NOW, Vec::new());

    for _ in 0..10 {
        let Some(ticket) = queue.start(now).pop() else {
            break;
        };
        // Asking works every time: what is there already is no news.
        queue.answered(ticket, Step::Ask, &stands_at(CHUNK), now);
        let append = queue.step(ticket).unwrap();
        queue.answered(ticket, append, &fault, now);
        let wake = queue.next_wake().unwrap_or(now);
        rests.push(wake - now);
        now = wake;
    }

    assert_eq!(rests, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 0]);
    assert!(matches!(
        queue.find(ItemId(0)).unwrap().state,
        Sending::Failed(_)
    ));
}

#[test]
fn a_file_whose_answer_was_lost_is_asked_for_by_its_key() {
    let mut queue = queue_of(2, 10);
    for ticket in queue.start(NOW) {
        queue.begins(ticket, Step::CreateWhole, || format!("key {}", ticket.id.0));
        queue.broke(ticket, NOW);
    }

    // Without its bytes, which the server may have.
    let again = queue.start(NOW + 500);
    assert_eq!(queue.step(again[0]), Some(Step::Create));
    queue.begins(again[0], Step::Create, || "another".into());
    let item = queue.find(ItemId(0)).unwrap();
    assert_eq!(item.key.as_deref(), Some("key 0"));
    assert!(item.may_be_there);

    let turn = queue.answered(again[0], Step::Create, &finished(), NOW);
    assert_eq!(turn, Turn::Finished(asset()));
    let turn = queue.answered(again[1], Step::Create, &stands_at(0), NOW);
    assert_eq!(turn, Turn::GoOn, "nothing had come of the other one");
    let item = queue.find(ItemId(1)).unwrap();
    assert_eq!((item.key.as_deref(), item.may_be_there), (None, false));
}

#[test]
fn what_died_under_its_key_begins_anew_under_another() {
    let mut queue = queue_of(1, 10);
    let ticket = queue.start(NOW)[0];
    queue.begins(ticket, Step::CreateWhole, || "first".into());
    queue.broke(ticket, NOW);
    let under_way = Answer {
        status: 409,
        ..Answer::default()
    };

    let (now, ticket) = loop {
        let now = queue.next_wake().unwrap();
        let ticket = queue.start(now)[0];
        match queue.answered(ticket, Step::Create, &under_way, now) {
            Turn::Stop => {
                let kept = queue.find(ticket.id).unwrap().key.as_deref();
                assert_eq!(kept, Some("first"), "it is waited for");
            }
            turn => {
                assert_eq!(turn, Turn::GoOn);
                break (now, ticket);
            }
        }
    };

    assert!(now > NOW + 30_000);
    assert_eq!(queue.step(ticket), Some(Step::CreateWhole));
    queue.begins(ticket, Step::CreateWhole, || "second".into());
    let item = queue.find(ticket.id).unwrap();
    assert_eq!(item.key.as_deref(), Some("second"));
}

#[test]
fn a_refusal_ends_its_key() {
    let mut queue = queue_of(1, 10);
    let ticket = queue.start(NOW)[0];
    queue.begins(ticket, Step::CreateWhole, || "first".into());
    let refusal = Answer {
        status: 415,
        ..Answer::default()
    };

    queue.answered(ticket, Step::CreateWhole, &refusal, NOW);

    assert_eq!(queue.find(ticket.id).unwrap().key, None);
}

#[test]
fn the_network_coming_back_ends_every_rest() {
    let mut queue = queue_of(1, 10);
    let ticket = queue.start(NOW)[0];
    queue.broke(ticket, NOW);

    queue.wake(NOW + 1);

    assert_eq!(queue.start(NOW + 1).len(), 1);
}

#[test]
fn a_resting_file_leaves_its_lane_to_others() {
    let mut queue = queue_of(4, 10);
    let tickets = queue.start(NOW);
    queue.broke(tickets[0], NOW);

    assert_eq!(queue.start(NOW)[0].id, ItemId(3));
}

#[test]
fn a_refusal_stops_one_file_and_the_others_go_on() {
    let mut queue = queue_of(4, 10);
    let tickets = queue.start(NOW);
    let answer = Answer {
        status: 415,
        ..Answer::default()
    };

    let turn = queue.answered(tickets[0], Step::CreateWhole, &answer, NOW);

    assert_eq!(turn, Turn::Stop);
    assert!(matches!(
        queue.find(ItemId(0)).unwrap().state,
        Sending::Refused(_)
    ));
    assert_eq!(queue.start(NOW)[0].id, ItemId(3));
}

#[test]
fn a_lost_upload_begins_anew() {
    let mut queue = queue_of(1, CHUNK * 2);
    let ticket = queue.start(NOW)[0];
    queue.answered(ticket, Step::Create, &stands_at(9), NOW);
    let gone = Answer {
        status: 410,
        ..Answer::default()
    };

    queue.answered(ticket, Step::Append { from: 9, to: 99 }, &gone, NOW);

    let again = queue.start(NOW + 10_000)[0];
    assert_eq!(queue.step(again), Some(Step::Create));
}

#[test]
fn a_pause_silences_the_attempt_under_way() {
    let mut queue = queue_of(1, CHUNK * 2);
    let ticket = queue.start(NOW)[0];
    queue.answered(ticket, Step::Create, &stands_at(400), NOW);

    queue.pause(ItemId(0));
    queue.moved(ticket, 900, NOW);
    queue.broke(ticket, NOW);

    let sent = ByteSize::bytes(400);
    assert_eq!(
        queue.find(ItemId(0)).unwrap().state,
        Sending::Paused { sent }
    );
    assert_eq!(queue.start(NOW), []);

    queue.resume(ItemId(0));
    let again = queue.start(NOW)[0];
    assert_ne!(again, ticket);
    assert_eq!(queue.step(again), Some(Step::Ask));
}

#[test]
fn an_old_attempt_is_not_heard_after_resuming() {
    let mut queue = queue_of(1, 10);
    let old = queue.start(NOW)[0];
    queue.pause_all();
    queue.resume_all();
    let new = queue.start(NOW)[0];

    queue.broke(old, NOW);

    assert_eq!(queue.step(old), None);
    assert_eq!(queue.step(new), Some(Step::CreateWhole));
}

#[test]
fn cancelling_names_what_to_clean_away() {
    let mut queue = queue_of(2, CHUNK * 2);
    let ticket = queue.start(NOW)[0];
    queue.answered(ticket, Step::Create, &stands_at(0), NOW);
    queue.kept(ItemId(0), Some("k".into()));

    let leftover = queue.cancel(ItemId(0)).unwrap();

    assert_eq!(leftover.url.as_deref(), Some("/files/upl_1"));
    assert_eq!(leftover.kept.as_deref(), Some("k"));
    assert_eq!(queue.items().len(), 1);
    assert_eq!(queue.cancel(ItemId(0)), None);
}

#[test]
fn signing_out_stops_all_and_signing_in_goes_on() {
    let mut queue = queue_of(4, 10);
    let tickets = queue.start(NOW);
    let answer = Answer {
        status: 401,
        ..Answer::default()
    };

    queue.answered(tickets[0], Step::CreateWhole, &answer, NOW);
    assert!(queue.is_signed_out());
    assert_eq!(queue.start(NOW), []);

    queue.sign_in();
    assert_eq!(queue.start(NOW).len(), 3);
}

#[test]
fn what_needs_you_comes_first() {
    let mut queue = queue_of(6, 10);
    let tickets = queue.start(NOW);
    queue.answered(tickets[0], Step::CreateWhole, &finished(), NOW);
    queue.refuse(ItemId(5), refused());

    let overview = queue.overview(3);

    assert_eq!(
        overview.rows,
        [ItemId(5), ItemId(1), ItemId(2)],
        "refused, then moving"
    );
    assert_eq!((overview.more_waiting, overview.more_done), (2, 1));
    assert_eq!(queue.totals().need_you, 1);
}

#[test]
fn totals_leave_refused_bytes_out() {
    let mut queue = queue_of(4, 100);
    let tickets = queue.start(NOW);
    queue.answered(tickets[0], Step::CreateWhole, &finished(), NOW);
    queue.moved(tickets[1], 50, NOW);
    queue.refuse(ItemId(3), refused());

    let totals = queue.totals();

    assert_eq!(totals.bytes, ByteSize::bytes(300));
    assert_eq!(totals.sent, ByteSize::bytes(150));
    assert_eq!(totals.percent(), 50);
    assert!(totals.is_going());
}

#[test]
fn a_file_chosen_again_is_recognized_once() {
    let mut queue = Queue::default();
    let sent = ByteSize::bytes(60);
    let id = queue.push(
        facts("clip.mp4", 100),
        Place::default(),
        Sending::Absent { sent },
        NOW,
    );

    assert_eq!(queue.recognize(&facts("clip.mp4", 99)), None);
    assert_eq!(queue.recognize(&facts("clip.mp4", 100)), Some(id));
    assert_eq!(queue.recognize(&facts("clip.mp4", 100)), None);
    assert_eq!(queue.find(id).unwrap().state, Sending::Waiting { sent });
}

#[test]
fn a_smaller_copy_takes_the_place_of_a_refused_picture() {
    let mut queue = Queue::default();
    let id = queue.add_refused(facts("beach.png", 700), Place::default(), refused(), NOW);

    queue.making(id, Made::Smaller);
    assert_eq!(queue.start(NOW), []);
    queue.replace(id, facts("beach.webp", 300), Made::Smaller);

    let item = queue.find(id).unwrap();
    assert_eq!(item.was, Some((Made::Smaller, ByteSize::bytes(700))));
    assert_eq!(queue.start(NOW).len(), 1);
}

#[test]
fn what_was_begun_of_the_whole_picture_is_not_gone_on_with() {
    let mut queue = Queue::default();
    let id = queue.add(facts("beach.png", 700), Place::default(), NOW);
    let ticket = queue.start(NOW)[0];
    queue.pause(id);

    queue.made(ticket, "/files/whole".into());
    let leftover = queue.replace(id, facts("beach.png", 300), Made::Cropped);

    assert_eq!(leftover.unwrap().url.as_deref(), Some("/files/whole"));
    let late = queue.made(ticket, "/files/late".into());
    assert_eq!(late.as_deref(), Some("/files/late"), "nobody wants it");
    assert_eq!(queue.find(id).unwrap().url, None);
    let ticket = queue.start(NOW)[0];
    assert_eq!(queue.made(ticket, "/files/part".into()), None);
}

#[test]
fn a_picture_can_be_cropped_while_nobody_has_it() {
    let mut queue = Queue::default();
    let id = queue.add(facts("beach.png", 700), Place::default(), NOW);
    assert!(queue.find(id).unwrap().actions().crop);

    let ticket = queue.start(NOW)[0];
    queue.begins(ticket, Step::CreateWhole, || "key".into());
    assert!(!queue.find(id).unwrap().actions().crop, "it may be there");

    let other = queue.add_refused(facts("lying.png", 9), Place::default(), refused(), NOW);
    assert!(!queue.find(other).unwrap().actions().crop);
}
