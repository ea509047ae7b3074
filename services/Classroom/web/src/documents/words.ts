// What can be wrong with a document, said by what is loaded when a teacher chooses one.

export const ofDocuments = {
  fileNotPdf: ['Ce fichier n’est pas un PDF.', 'This file is not a PDF.'],
  fileTooLarge: ['Ce fichier est trop gros (50 Mo au plus).', 'This file is too large (50 MB at most).'],
  fileTooLong: [
    'Ce document a plus de 100 pages : choisissez-en une partie.',
    'This document has more than 100 pages: choose a part of it.',
  ],
  fileLocked: ['Ce PDF est protégé par un mot de passe.', 'This PDF is protected by a password.'],
  fileBroken: ['Ce PDF ne se lit pas.', 'This PDF cannot be read.'],
  fileUnchecked: ['L’antivirus ne répond pas : réessayez dans un instant.', 'The virus scanner does not answer: try again in a moment.'],
  fileRefused: ['Le service a refusé cette page.', 'The service refused this page.'],
} as const;
