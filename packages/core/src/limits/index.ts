export * from './admit-call.ts'
export * from './errors.ts'
export * from './login-limiter.ts'
export * from './overload-control.ts'
