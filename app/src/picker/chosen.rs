//! What is chosen, in the order it was chosen in.

/// What came of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Taken,
    LeftOut,
    /// There is no room for one more.
    Full,
}

/// What is chosen, in the order it was chosen in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen<T> {
    most: usize,
    list: Vec<T>,
}

impl<T: Copy + PartialEq> Chosen<T> {
    /// Nothing yet; at most so many.
    pub const fn none(most: usize) -> Self {
        Self {
            most,
            list: Vec::new(),
        }
    }

    /// Takes one, or leaves it out again; where only one is wanted, it takes the place of another.
    pub fn toggle(&mut self, one: T) -> Choice {
        if self.number(one).is_some() {
            self.leave(one);
            return Choice::LeftOut;
        }
        self.take(one)
    }

    /// Takes one, where it is not taken yet.
    pub fn take(&mut self, one: T) -> Choice {
        if self.number(one).is_some() {
            return Choice::Taken;
        }
        if self.most == 1 {
            self.list.clear();
        }
        if self.list.len() >= self.most {
            return Choice::Full;
        }
        self.list.push(one);
        Choice::Taken
    }

    /// Leaves one out.
    pub fn leave(&mut self, one: T) {
        self.list.retain(|other| *other != one);
    }

    /// The place of one, counted from 1.
    pub fn number(&self, one: T) -> Option<usize> {
        let at = self.list.iter().position(|other| *other == one);
        at.map(|at| at + 1)
    }

    /// All of them, in their order.
    pub fn list(&self) -> &[T] {
        &self.list
    }

    /// How many there may be.
    pub const fn most(&self) -> usize {
        self.most
    }

    /// Whether nothing is chosen.
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// The place in a grid that a key leads to, from one place of so many in rows of so many.
pub fn step(key: &str, at: usize, count: usize, columns: usize) -> Option<usize> {
    let columns = columns.max(1);
    let last = count.checked_sub(1)?;
    let to = match key {
        "ArrowLeft" => at.checked_sub(1)?,
        "ArrowRight" => at + 1,
        "ArrowUp" => at.checked_sub(columns)?,
        // The last row may be shorter.
        "ArrowDown" if at + columns > last && at / columns < last / columns => last,
        "ArrowDown" => at + columns,
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    (to <= last).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_order_of_choosing() {
        let mut chosen = Chosen::none(3);

        assert_eq!(chosen.toggle('c'), Choice::Taken);
        assert_eq!(chosen.toggle('a'), Choice::Taken);
        assert_eq!(chosen.toggle('b'), Choice::Taken);
        assert_eq!(chosen.toggle('d'), Choice::Full);
        assert_eq!(chosen.list(), ['c', 'a', 'b']);
        assert_eq!(chosen.number('b'), Some(3));

        assert_eq!(chosen.toggle('a'), Choice::LeftOut);
        assert_eq!(chosen.number('b'), Some(2));
        assert_eq!(chosen.toggle('d'), Choice::Taken);
        assert_eq!(chosen.list(), ['c', 'b', 'd']);
    }

    #[test]
    fn where_one_is_wanted_the_last_one_counts() {
        let mut chosen = Chosen::none(1);

        chosen.toggle('a');
        assert_eq!(chosen.toggle('b'), Choice::Taken);
        assert_eq!(chosen.list(), ['b']);
        assert_eq!(chosen.toggle('b'), Choice::LeftOut);
        assert!(chosen.is_empty());
    }

    #[test]
    fn taking_twice_is_taking_once() {
        let mut chosen = Chosen::none(2);

        chosen.take('a');
        assert_eq!(chosen.take('a'), Choice::Taken);
        assert_eq!(chosen.list(), ['a']);
    }

    #[test]
    fn keys_move_in_rows_and_stop_at_the_edges() {
        // Three rows: 0 1 2 3 / 4 5 6 7 / 8 9
        let to = |key, at| step(key, at, 10, 4);

        assert_eq!(to("ArrowRight", 3), Some(4));
        assert_eq!(to("ArrowLeft", 4), Some(3));
        assert_eq!(to("ArrowLeft", 0), None);
        assert_eq!(to("ArrowRight", 9), None);
        assert_eq!(to("ArrowDown", 1), Some(5));
        assert_eq!(to("ArrowDown", 7), Some(9), "the last row is shorter");
        assert_eq!(to("ArrowDown", 9), None);
        assert_eq!(to("ArrowUp", 8), Some(4));
        assert_eq!(to("ArrowUp", 2), None);
        assert_eq!((to("Home", 7), to("End", 1)), (Some(0), Some(9)));
        assert_eq!(to("x", 1), None);
        assert_eq!(step("End", 0, 0, 4), None, "nothing is there");
    }
}
