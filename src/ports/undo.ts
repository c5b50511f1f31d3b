/** Undoes what a call did; calling it again does nothing. */
export type Undo = () => void;
