/** The oldest browsers that the app runs in, from the requirement documents (ConnectMe). Brave is Chromium. */
export const targets = ['chrome90', 'firefox74', 'edge123'] as const
