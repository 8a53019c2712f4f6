// @ts-check
/**
 * The REST API's own page: Swagger on /openapi.json, without its bar, without its validator badge
 * (which would ask a server elsewhere).
 */

/** @typedef {(options: Record<string, unknown>) => unknown} SwaggerUI */

const { SwaggerUIBundle } = /** @type {typeof globalThis & {SwaggerUIBundle: SwaggerUI}} */ (
  globalThis
);

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
});
