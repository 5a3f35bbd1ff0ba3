"""Reports by users: taken in, weighed by how reliable their reporters are, brought to people, and answered."""
