//! One table of rights: every door, everybody who knocks, and whose things they ask for.

mod doors;
mod source;
mod stage;

use model::{Problem, ProblemCode};

use doors::{DOORS, Door};
use stage::{KNOCKERS, Place, Stage};

/// What a door answered, in one letter.
fn letter(result: Result<(), library::Error>) -> char {
    match result.map_err(Problem::from) {
        Ok(()) => 'y',
        Err(problem) => match problem.code {
            ProblemCode::NotFound => 'n',
            ProblemCode::Forbidden => 'f',
            ProblemCode::Internal | ProblemCode::Unavailable => '!',
            // It was let in, and the matter itself was refused.
            _ => 'y',
        },
    }
}

async fn knock(stage: &Stage, door: &Door, place: Place) -> String {
    let mut answers = String::new();
    for knocker in 0..KNOCKERS.len() {
        answers.push(letter(
            (door.open)(stage, stage.knocker(knocker), place).await,
        ));
    }
    answers
}

#[tokio::test]
async fn every_door_lets_in_whom_the_table_says() {
    let stage = Stage::set().await;
    let mut wrong = Vec::new();

    for door in DOORS {
        let places = [Place::Own, Place::Other, Place::Unknown];
        for (place, expected) in places.into_iter().zip(door.expected) {
            if expected.is_empty() {
                continue;
            }
            let answers = knock(&stage, door, place).await;
            if answers != *expected {
                wrong.push(format!(
                    "{} with {place:?} id: {expected} expected, {answers} answered",
                    door.name
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{KNOCKERS:?}\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn where_the_library_is_off_its_doors_lead_nowhere() {
    let stage = Stage::set().await;
    let mut wrong = Vec::new();

    for door in DOORS.iter().filter(|door| door.is_of_library()) {
        for knocker in 0..KNOCKERS.len() {
            let mut actor = stage.knocker(knocker).clone();
            actor.library_enabled = false;
            let answer = letter((door.open)(&stage, &actor, Place::Own).await);
            if answer != 'n' {
                wrong.push(format!("{} answered {answer}", door.name));
            }
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_knows_every_door() {
    let doors = source::doors();
    let in_table = |name: &str| {
        DOORS
            .iter()
            .any(|door| door.name.split(' ').next() == Some(name))
    };

    let unknown: Vec<&String> = doors
        .with_actor
        .iter()
        .filter(|name| !in_table(name))
        .collect();
    assert!(
        unknown.is_empty(),
        "not in the table of rights: {unknown:?}"
    );
    let unguarded: Vec<&String> = doors
        .without_actor
        .iter()
        .filter(|name| !doors::WITHOUT_ACTOR.contains(&name.as_str()))
        .collect();
    assert!(unguarded.is_empty(), "open to anybody: {unguarded:?}");
}

#[test]
fn the_table_has_no_door_that_is_gone() {
    let doors = source::doors();

    for door in DOORS {
        let name = door.name.split(' ').next().unwrap_or_default();
        assert!(doors.with_actor.iter().any(|door| door == name), "{name}");
    }
}
