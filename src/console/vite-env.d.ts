// What Vite lets a module import beside code: styles and pictures.
/// <reference types="vite/client" />
