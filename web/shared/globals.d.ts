// What Vite adds to the language: style sheets imported for their effect, files by pattern.
/// <reference types="vite/client" />
