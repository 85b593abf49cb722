//! Places.

super::rows! {
    GET "/api/v1/folders" View => 200, embedded true;
    POST "/api/v1/folders" Edit with Name => 201;
    POST "/api/v1/folders" Edit on Folder with Subfolder => 201, trashed 404;
    GET "/api/v1/folders/{id}" View on Folder => 200;
    PATCH "/api/v1/folders/{id}" Edit on Folder with Name => 200, trashed 409;
    PATCH "/api/v1/folders/{own}" Edit on Folder with MoveFolder beside Folder => 200, trashed 404;
    GET "/api/v1/folders/{id}/contents" View on Folder => 200;
    DELETE "/api/v1/folders/{id}" Administer on Folder => 200;
    POST "/api/v1/folders/{id}/restore" Edit on Folder => 200;
    // An empty one has nothing to download.
    GET "/api/v1/folders/{id}/zip" View on Folder => 409, trashed 404;
}
