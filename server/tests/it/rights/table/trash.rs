//! Gone for good.

super::rows! {
    DELETE "/api/v1/trash" Administer => 200;
    DELETE "/api/v1/trash/{id}" Administer on Trashed => 200;
}
