export * from './echo-packet.ts'
export * from './mirror-ticket.ts'
