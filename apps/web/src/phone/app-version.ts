/** Of the app, as the server compares it with the least one that it accepts. */
export const appVersion = '0.1.0'
