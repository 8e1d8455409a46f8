/** The page behind the one-time set-up link. The token is in the fragment, which browsers do not send anywhere. */
export const setupPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Set up Vaxel</title>
<link rel="stylesheet" href="/page.css">
<script src="/setup.js" defer></script>
</head>
<body>
<main>
<h1>Set up Vaxel</h1>
<p>Make the first company and its administrator, who also looks after this installation.</p>
<form id="setup">
<label>Company <input name="company" required maxlength="200" autocomplete="organization"></label>
<label>Country, two letters <input name="country" required pattern="[A-Za-z]{2}" maxlength="2" value="SE" autocomplete="country"></label>
<label>SIP domain <input name="domain" required maxlength="253" placeholder="example.org" autocapitalize="none" spellcheck="false"></label>
<label>Your login, the part before the @ <input name="login" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></label>
<label>Your name <input name="displayName" required maxlength="200" autocomplete="name"></label>
<label>Password <input name="password" type="password" required minlength="8" maxlength="200" autocomplete="new-password"><small>At least 8 characters.</small></label>
<button>Set up</button>
</form>
<p id="outcome" role="status"></p>
<noscript><p>This page needs JavaScript. Without it: <code>POST /api/v1/setup</code>, see the API description.</p></noscript>
</main>
</body>
</html>
`

/** Sends the form and says what came of it. */
export const setupScript = `const form = document.getElementById('setup')
const outcome = document.getElementById('outcome')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = Object.fromEntries(new FormData(form))
  body.token = location.hash.slice(1)
  body.country = body.country.toUpperCase()
  body.domain = body.domain.toLowerCase()
  body.login = body.login.toLowerCase()
  outcome.textContent = 'Setting up …'
  try {
    const response = await fetch('/api/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = await response.json()
    if (response.ok) {
      form.hidden = true
      outcome.textContent = 'Done. Log in as ' + answer.me.user.login + ': npx vaxel login ' + answer.me.user.login
    } else {
      const mistakes = (answer.mistakes ?? []).map(({ path, reason }) => path.slice(1) + ' ' + reason)
      outcome.textContent = [answer.detail, ...mistakes].join(' · ')
    }
  } catch {
    outcome.textContent = 'The server does not answer. Try again.'
  }
})
`
