"""Appeals: decisions contested by those they are about, and answered by somebody who had no part in them."""
