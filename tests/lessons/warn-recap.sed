# warning: it has no recap at its end
/amm.recap/,/^        },/d
