//! Uploads, which belong to whoever began them.

super::rows! {
    OPTIONS "/files/" Open => 204;
    POST "/files/" Edit with Length => 201, embedded true;
    POST "/files/" Edit on Folder with LengthInto => 201, trashed 404, embedded true;
    POST "/files/" Edit on Part with Concat => 201, of_colleague 404, embedded true;
    HEAD "/files/{id}" Edit on Upload => 200, of_colleague 404, embedded true;
    PATCH "/files/{id}" Edit on Upload with Bytes => 204, of_colleague 404, embedded true;
    DELETE "/files/{id}" Edit on Upload => 204, of_colleague 404, embedded true;
}
