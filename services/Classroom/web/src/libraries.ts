// Folders of files that libraries load by themselves, under names of their own; the build puts them there (vite.config.ts). Their
// version is part of the address, so that a browser may keep them for good.
declare const __SELFIE__: string;
declare const __PDFJS__: string;

export const libraries = { selfie: __SELFIE__, pdfjs: __PDFJS__ };
