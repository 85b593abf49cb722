//! The picker that pages of other programs show: what `/embed/picker` loads.

fn main() {
    app::picker::page::start();
}
