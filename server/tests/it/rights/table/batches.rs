//! Many assets at once: each id is answered by itself, and a batch is of who began it.

super::rows! {
    POST "/api/v1/assets/batch" Edit on Asset with Batch => 200, of_others 200;
    POST "/api/v1/assets/batch" Edit on Folder with MoveAll => 200, trashed 404;
    POST "/api/v1/assets/zip" View on Asset with Zip => 200;

    GET "/api/v1/batches/{id}" View on Batch => 200;
    GET "/api/v1/batches/{id}/items" View on Batch => 200;
    POST "/api/v1/batches/{id}/cancel" Edit on Batch => 200, of_colleague 403;
    POST "/api/v1/batches/{id}/undo" Edit on Batch => 200, of_colleague 403;
}
