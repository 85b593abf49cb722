//! Assets, one by one.

super::rows! {
    GET "/api/v1/assets" View => 200, embedded true;
    POST "/api/v1/assets" Edit with File => 201, embedded true;
    POST "/api/v1/assets" Edit on Folder with FileInto => 201, trashed 404, embedded true;
    GET "/api/v1/assets/{id}" View on Asset => 200, embedded true;
    PATCH "/api/v1/assets/{id}" Edit on Asset with Name => 200;
    PATCH "/api/v1/assets/{own}" Edit on Folder with Move beside Asset => 200, trashed 404;
    DELETE "/api/v1/assets/{id}" Edit on Asset => 200;
    POST "/api/v1/assets/{id}/restore" Edit on Asset => 200;
    POST "/api/v1/assets/{id}/archive" Edit on Asset => 200, trashed 409;
    POST "/api/v1/assets/{id}/unarchive" Edit on Asset => 200, trashed 409;
    POST "/api/v1/assets/{id}/share" Edit on Asset => 200, trashed 409, embedded true;
    DELETE "/api/v1/assets/{id}/share" Edit on Asset => 200;

    POST "/api/v1/assets/{id}/copy" Edit on Asset with Empty => 201, trashed 409;
    POST "/api/v1/assets/{own}/copy" Edit on Folder with Move beside Asset => 201, trashed 404;
    POST "/api/v1/assets/{id}/crop" Edit on Asset with Crop => 201, trashed 409, embedded true;
    GET "/api/v1/assets/{id}/copies" View on Asset => 200;
    POST "/api/v1/assets/{id}/remake" Edit on Asset with Empty => 200, trashed 409;
    GET "/api/v1/assets/{id}/source" View on Asset => 200;

    GET "/api/v1/assets/{id}/versions" View on Asset => 200;
    POST "/api/v1/assets/{id}/versions" Edit on Asset with Picture => 201, trashed 409;
    POST "/api/v1/assets/{id}/versions/01/revert" Edit on Asset with Empty => 200, trashed 409;
    GET "/api/v1/assets/{id}/versions/01/content" View on Asset => 200;
    GET "/api/v1/assets/{id}/versions/01/renditions/thumb" View on Asset => 200;

    GET "/api/v1/assets/{id}/usages" View on Asset => 200;
    POST "/api/v1/assets/{id}/usages" Edit on Asset with Usage => 201, embedded true;
    // Nothing is recorded yet.
    DELETE "/api/v1/assets/{id}/usages/usg_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" Edit on Asset => 404;
    POST "/api/v1/usages/scan" Edit with Scan => 200;
    POST "/api/v1/usages/count" View with Filter => 200;

    GET "/api/v1/assets/{id}/preview" View on Asset => 200;
    GET "/api/v1/assets/{id}/content" View on Asset => 200, embedded true;
    GET "/api/v1/assets/{id}/renditions/thumb" View on Asset => 200, embedded true;
    // A picture has no pages.
    GET "/api/v1/assets/{id}/pages/1/renditions/thumb" View on Asset => 404;
    POST "/api/v1/assets/{id}/links" View on Asset => 200, embedded true;
}
