//! How WebAssembly writes things down.

/// Writes a number as WebAssembly does: seven bits a byte, the lowest first.
pub fn number(into: &mut Vec<u8>, mut value: u32) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            into.push(low);
            return;
        }
        into.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_as_many_bytes_as_it_needs() {
        let mut bytes = Vec::new();
        number(&mut bytes, 5);
        number(&mut bytes, 624_485);

        assert_eq!(bytes, [0x05, 0xe5, 0x8e, 0x26]);
    }
}
