package dev.wayleave.mcp;

/** A small description with scopes, for tests. */
final class PetStore {
    static final String YAML = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets:
                get:
                  operationId: listPets
                  summary: List pets
                  security: [{oauth: ["pets:read"]}]
                  parameters:
                    - {name: tag, in: query, schema: {type: array, items: {type: string}}}
                  responses: {"200": {description: ok}}
                post:
                  operationId: createPet
                  summary: Create a pet
                  security: [{oauth: ["pets:write"]}]
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [name]
                          properties:
                            name: {type: string, minLength: 1}
                            tags: {type: array, items: {type: string}}
                  responses: {"201": {description: made}}
              /pets/{petId}:
                parameters:
                  - {name: petId, in: path, required: true, schema: {type: string}}
                get:
                  operationId: getPet
                  summary: Get a pet
                  security: [{oauth: ["pets:read"]}]
                  parameters:
                    - {name: verbose, in: query, schema: {type: boolean}}
                  responses: {"200": {description: ok}}
                delete:
                  operationId: deletePet
                  summary: Delete a pet
                  security: [{oauth: ["pets:write"]}]
                  responses: {"204": {description: gone}}
              /status:
                get:
                  operationId: getStatus
                  summary: Tell the status
                  responses: {"200": {description: ok}}
            components:
              securitySchemes:
                oauth:
                  type: oauth2
                  flows:
                    authorizationCode:
                      authorizationUrl: https://example.com/authorize
                      tokenUrl: https://example.com/token
                      scopes: {"pets:read": read, "pets:write": write}
            """;

    private PetStore() {}
}
