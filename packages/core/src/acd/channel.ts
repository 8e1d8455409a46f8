/** How a customer comes to a company, or is called back. */
export type Channel = 'call' | 'callBack' | 'voicemail' | 'mail' | 'chat' | 'sms'

/** In the order in which screens list them. */
export const channels: readonly Channel[] = ['call', 'callBack', 'voicemail', 'mail', 'chat', 'sms']

/** What takes an agent's ear and mouth: one at a time, whatever capacity says. */
export const isSpoken = (channel: Channel): boolean => channel === 'call' || channel === 'callBack'
