//! Words.

super::rows! {
    GET "/api/v1/tags" View => 200, embedded true;
    POST "/api/v1/tags" Edit with Name => 201;
    PATCH "/api/v1/tags/{id}" Edit on Tag with Name => 200;
    DELETE "/api/v1/tags/{id}" Edit on Tag => 204;
    POST "/api/v1/tags/{id}/merge" Edit on Tag with MergeIntoOwn beside Tag => 200;
    GET "/api/v1/tags/gone" Administer => 200;
    POST "/api/v1/tags/{id}/restore" Administer on GoneTag => 200;
    POST "/api/v1/tags/{own}/merge" Edit on Tag with Merge beside Tag => 200;
}
