/** A string that is only assignable where this very kind of identifier is expected. */
export type Brand<Name extends string> = string & { readonly __brand: Name }

export type CompanyId = Brand<'CompanyId'>
export type UserId = Brand<'UserId'>
export type DeviceId = Brand<'DeviceId'>
export type TrunkId = Brand<'TrunkId'>
export type CallId = Brand<'CallId'>
export type LegId = Brand<'LegId'>
export type FlowId = Brand<'FlowId'>
export type LocalTag = Brand<'LocalTag'>
export type RemoteTag = Brand<'RemoteTag'>
