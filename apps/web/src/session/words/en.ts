export const sessionEn = {
  title: 'Log in',
  login: 'Login',
  loginHint: 'name@company',
  password: 'Password',
  logIn: 'Log in',
  failed: 'This login and password do not fit together.',
}
