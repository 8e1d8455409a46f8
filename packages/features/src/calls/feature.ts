export { callCommands } from './call-commands.ts'
export { CallService, type CallServiceOptions, type Authentication } from './call-service.ts'
export * from './errors.ts'
export { takeInvite } from './take-invite.ts'
