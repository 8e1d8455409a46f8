export { demoDirectNumber, demoDomain, loadDemoCompany } from './demo/load-demo-company.ts'
export { loadDemoExamples } from './demo/load-demo-examples.ts'
export { type DemoPerson, demoPeople } from './demo/people.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'

/** Backup and restore, for a process of their own; loaded when asked for, as a server needs none of it. */
export const loadBackups = async () => await import('./backup/backups.ts')
export { SearchThread } from './people/search-thread.ts'
