//! What is looked for, as each database writes it: FTS5's language, or a `tsquery`.

use serde::{Deserialize, Serialize};

use crate::db::Dialect;

/// A word of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Words that begin like this are meant.
    pub text: String,
    /// All words that begin so, where that is known.
    pub whole: Vec<String>,
    /// Tags, teams and folders with such a word in their names.
    pub refs: Vec<String>,
}

/// What is looked for in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// All of these.
    pub words: Vec<Word>,
    /// Of each of these sets of ids at least one.
    pub refs: Vec<Vec<String>>,
}

/// How well a question is met, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Tier {
    /// Every word is a whole word of the name.
    WholeName,
    /// Every word begins one of the name.
    Name,
    /// Every word stands in name, alt text, tags or teams.
    Described,
    /// They stand anywhere.
    Anywhere,
}

impl Tier {
    pub const ALL: [Self; 4] = [Self::WholeName, Self::Name, Self::Described, Self::Anywhere];

    /// Where it stands among all; the best is 0.
    pub const fn place(self) -> i64 {
        match self {
            Self::WholeName => 0,
            Self::Name => 1,
            Self::Described => 2,
            Self::Anywhere => 3,
        }
    }

    /// The one that stands there.
    pub fn at_place(place: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.place() == place)
    }
}

/// Where a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name,
    Refs,
    NameAndAlt,
    Text,
}

/// What an index is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Expression {
    Term {
        field: Field,
        text: String,
        is_beginning: bool,
    },
    All(Vec<Self>),
    Any(Vec<Self>),
    /// The first and not the second.
    Except(Box<Self>, Box<Self>),
}

impl Question {
    /// What meets the question at all.
    pub fn whole(&self, dialect: Dialect) -> String {
        Expression::All(vec![self.narrowed(), self.met(Tier::Anywhere)]).write(dialect)
    }

    /// What meets its words as well as this or better, in any account.
    pub fn how(&self, tier: Tier, dialect: Dialect) -> String {
        self.met(tier).write(dialect)
    }

    /// What meets it as well as this and no better; `None` where nothing can.
    pub fn at(&self, tier: Tier, dialect: Dialect) -> Option<String> {
        let met = self.met(tier);
        let better = Tier::ALL.into_iter().filter(|other| *other < tier).max();
        let better = better.map(|better| self.met(better));
        // A word that begins nothing but itself is asked for alike: what has it is met already,
        // and nothing is left that a walk could stop at.
        if better.as_ref() == Some(&met) {
            return None;
        }
        let met = Expression::All(vec![self.narrowed(), met]);
        let met = match better {
            // Each tier meets all that better ones do.
            Some(better) => Expression::Except(Box::new(met), Box::new(better)),
            None => met,
        };
        Some(met.write(dialect))
    }

    fn narrowed(&self) -> Expression {
        let sets = self.refs.iter().map(|ids| any_ref(ids.iter()));
        Expression::All(sets.collect())
    }

    fn met(&self, tier: Tier) -> Expression {
        let met = |word: &Word| match tier {
            Tier::WholeName => term(Field::Name, &word.text, false),
            Tier::Name => beginning(Field::Name, word),
            Tier::Described => {
                let named = word.refs.iter().filter(|id| !id.starts_with("fld_"));
                beside(beginning(Field::NameAndAlt, word), named.collect())
            }
            Tier::Anywhere => {
                let named = word.refs.iter().collect();
                beside(beginning(Field::Text, word), named)
            }
        };
        Expression::All(self.words.iter().map(met).collect())
    }
}

fn term(field: Field, text: &str, is_beginning: bool) -> Expression {
    Expression::Term {
        field,
        text: text.to_owned(),
        is_beginning,
    }
}

fn beginning(field: Field, word: &Word) -> Expression {
    match word.whole.as_slice() {
        [] => term(field, &word.text, true),
        [text] => term(field, text, false),
        whole => {
            let whole = whole.iter().map(|text| term(field, text, false));
            Expression::Any(whole.collect())
        }
    }
}

fn beside(text: Expression, ids: Vec<&String>) -> Expression {
    if ids.is_empty() {
        return text;
    }
    Expression::Any(vec![text, any_ref(ids.into_iter())])
}

/// Ids stand in the index as one word each.
fn any_ref<'a>(ids: impl Iterator<Item = &'a String>) -> Expression {
    let token = |id: &String| id.replace('_', "").to_lowercase();
    Expression::Any(ids.map(|id| term(Field::Refs, &token(id), false)).collect())
}

impl Expression {
    fn write(&self, dialect: Dialect) -> String {
        match (self, dialect) {
            (
                Self::Term {
                    field,
                    text,
                    is_beginning,
                },
                Dialect::Sqlite,
            ) => {
                let fields = match field {
                    Field::Name => "name",
                    Field::Refs => "refs",
                    Field::NameAndAlt => "name alt",
                    Field::Text => "name alt content",
                };
                let text = text.replace('"', "");
                let star = if *is_beginning { " *" } else { "" };
                format!("{{{fields}}} : \"{text}\"{star}")
            }
            (
                Self::Term {
                    field,
                    text,
                    is_beginning,
                },
                Dialect::Postgres,
            ) => {
                let weights = match field {
                    Field::Name => "A",
                    Field::Refs => "B",
                    Field::NameAndAlt => "AC",
                    Field::Text => "ACD",
                };
                let text = text.replace(['\'', '\\'], "");
                let star = if *is_beginning { "*" } else { "" };
                format!("'{text}':{star}{weights}")
            }
            (Self::All(parts), Dialect::Sqlite) => joined(parts, " AND ", dialect),
            (Self::All(parts), Dialect::Postgres) => joined(parts, " & ", dialect),
            (Self::Any(parts), Dialect::Sqlite) => joined(parts, " OR ", dialect),
            (Self::Any(parts), Dialect::Postgres) => joined(parts, " | ", dialect),
            (Self::Except(met, other), Dialect::Sqlite) => {
                format!("{} NOT {}", met.write(dialect), other.write(dialect))
            }
            (Self::Except(met, other), Dialect::Postgres) => {
                format!("{} & !{}", met.write(dialect), other.write(dialect))
            }
        }
    }
}

fn joined(parts: &[Expression], with: &str, dialect: Dialect) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| part.write(dialect))
        .filter(|part| part != "()")
        .collect();
    format!("({})", parts.join(with))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        let word = |text: &str, refs: &[&str]| Word {
            text: text.to_owned(),
            whole: Vec::new(),
            refs: refs.iter().map(|id| (*id).to_owned()).collect(),
        };
        Question {
            words: vec![word("sun", &["tag_01J", "fld_01K"]), word("sea", &[])],
            refs: vec![vec!["acc_01A".to_owned()]],
        }
    }

    #[test]
    fn a_question_is_written_for_each_database() {
        insta::assert_snapshot!(
            question().whole(Dialect::Sqlite),
            @r#"((({refs} : "acc01a")) AND (({name alt content} : "sun" * OR ({refs} : "tag01j" OR {refs} : "fld01k")) AND {name alt content} : "sea" *))"#
        );
        insta::assert_snapshot!(
            question().whole(Dialect::Postgres),
            @"((('acc01a':B)) & (('sun':*ACD | ('tag01j':B | 'fld01k':B)) & 'sea':*ACD))"
        );
    }

    #[test]
    fn whole_words_stand_for_a_beginning_where_they_are_known() {
        let mut question = question();
        question.refs.clear();
        question.words[0].whole = vec!["sun".to_owned(), "sunset".to_owned()];
        question.words[0].refs.clear();
        insta::assert_snapshot!(question.at(Tier::WholeName, Dialect::Sqlite).unwrap(), @r#"(({name} : "sun" AND {name} : "sea"))"#);
        insta::assert_snapshot!(question.whole(Dialect::Sqlite), @r#"((({name alt content} : "sun" OR {name alt content} : "sunset") AND {name alt content} : "sea" *))"#);
        insta::assert_snapshot!(question.whole(Dialect::Postgres), @"((('sun':ACD | 'sunset':ACD) & 'sea':*ACD))");
    }

    #[test]
    fn a_tier_leaves_out_what_better_ones_have() {
        assert_eq!(
            question().at(Tier::Name, Dialect::Postgres).unwrap(),
            "((('acc01a':B)) & ('sun':*A & 'sea':*A)) & !('sun':A & 'sea':A)"
        );
    }

    #[test]
    fn a_tier_that_asks_for_what_a_better_one_has_is_left_out() {
        let mut question = question();
        for word in &mut question.words {
            word.whole = vec![word.text.clone()];
        }

        assert_eq!(question.at(Tier::Name, Dialect::Sqlite), None);
        assert_eq!(
            question.at(Tier::Described, Dialect::Postgres).unwrap(),
            "((('acc01a':B)) & (('sun':AC | ('tag01j':B)) & 'sea':AC)) & !('sun':A & 'sea':A)"
        );
    }
}
