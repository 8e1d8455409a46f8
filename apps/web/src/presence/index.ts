export { Lamp, PresenceLine, PresenceMark } from './presence-mark.tsx'
