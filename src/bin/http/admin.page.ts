import { createHash } from 'node:crypto';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh; margin: 0 }
  form { display: grid; gap: .75rem; width: 20rem }
  input, button { font: inherit; padding: .5rem }
  p { color: #a00; margin: 0 }
`;

/** Nothing is loaded, nothing runs, and the form goes to this server alone. */
export const LOG_IN_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** @param failure a sentence of ours that says why the last attempt failed */
export function logInPage(failure = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tributary: log in</title><style>${STYLE}</style></head>
<body>
<form method="post" action="/admin/login">
  <strong>Tributary administration</strong>
  <input name="email" type="email" placeholder="E-mail address" autocomplete="username" required autofocus>
  <input name="password" type="password" placeholder="Password" autocomplete="current-password" required>
  <button>Log in</button>
  <p>${failure}</p>
</form>
</body>
</html>
`;
}
