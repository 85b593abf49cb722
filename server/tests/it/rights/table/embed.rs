//! What lets pages of other programs in.

super::rows! {
    GET "/api/v1/embed/sessions" Administer => 200;
    POST "/api/v1/embed/sessions" Embed with EmbedSession => 201;
    POST "/api/v1/embed/sessions" Embed on Folder with EmbedInto => 201, trashed 404;
    DELETE "/api/v1/embed/sessions/{id}" Embed on EmbedSession => 204, of_colleague 404;
    GET "/api/v1/embed/sessions/current" Embedded => 200;
    POST "/api/v1/embed/sessions/claim" Embedded => 200;
}
