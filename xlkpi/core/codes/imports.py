"""Imports: what of several files, rows and posts cannot be taken as it stands."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

OTHER_COLUMN_ORDER = Code(
    "XK140",
    Severity.EXCLUDED,
    Text(
        "from here on the columns stand in another order: another export was pasted below",
        "à partir d’ici, les colonnes sont dans un autre ordre : un autre export a été collé dessous",
    ),
    Text(
        "import each export as a file of its own",
        "importez chaque export dans un fichier séparé",
    ),
)
FILE_FAILED = Code(
    "XK141",
    Severity.ERROR,
    Text(
        "xlkpi failed while it read this file: this is a fault of xlkpi",
        "xlkpi a échoué à la lecture de ce fichier : c’est un défaut de xlkpi",
    ),
    Text(
        "import the file alone with XLKPI_DEBUG=1 for the details to send us",
        "importez ce fichier seul avec XLKPI_DEBUG=1 pour les détails à nous envoyer",
    ),
)
