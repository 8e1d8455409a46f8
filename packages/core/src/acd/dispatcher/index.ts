export { createDispatcher, type Dispatcher } from './create-dispatcher.ts'
export { isOpenBy, isQueueOpen } from './opening.ts'
export type { DispatcherState } from './state.ts'
export * from './views.ts'
