export { demoDirectNumber, demoDomain, loadDemoCompany } from './demo/load-demo-company.ts'
export { type DemoPerson, demoPeople } from './demo/people.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'
