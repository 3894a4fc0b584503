"""What is kept: the seam (:mod:`.interfaces`), traces (:mod:`.clickhouse`), settings (:mod:`.documents`)."""
