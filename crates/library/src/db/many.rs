//! Statements about many rows at once.

/// Places for so many values, from a first one on: `$3, $4, $5`.
pub(crate) fn places(first: usize, count: usize) -> String {
    let places: Vec<_> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_go_on_from_the_first() {
        assert_eq!(super::places(3, 3), "$3, $4, $5");
        assert_eq!(super::places(1, 0), "");
    }
}
