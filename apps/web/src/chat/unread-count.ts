import { Cell } from '../base/cell.ts'

/** Unread messages of whoever is logged in; beside the place in the navigation and in the title of the page. */
export const unreadCount = new Cell(0)
