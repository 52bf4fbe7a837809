// Lets style sheets be imported for their effect.
declare module '*.css'
