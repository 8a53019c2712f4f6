// Lint rules for the browser side. Types are tsc's work; import directions are tests/unit/test_layers.py's.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-restricted-syntax": [
    "error",
    { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: "Text goes through html`…`, which escapes it." },
  ],
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

export default [
  { ignores: ["static/vendor/", "node_modules/", "app/_data/", ".venv/", "dist/"] },
  { ...js.configs.recommended },
  { files: ["static/js/**/*.js"], ignores: ["static/js/math/**"], languageOptions: { globals: globals.browser }, rules },
  // math/ knows no DOM: only what Node and browsers share.
  { files: ["static/js/math/**/*.js"], languageOptions: { globals: globals["shared-node-browser"] }, rules },
  { files: ["tests/js/**/*.js"], languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.browser } }, rules },
  { files: ["tests/browser/**/*.js"], languageOptions: { globals: globals.browser }, rules },
];
